/** A service: `service.ts <Intercom's origin> <token>`. It calls Intercom until it is told to end. */
import { setTimeout as sleep } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import { startTelemetry } from "./telemetry.ts";

const [, , intercomUrl = "", token = ""] = process.argv;
const PAUSE_MILLISECONDS = 100;

const stopTelemetry = startTelemetry();

const intercom = axios.create({
  baseURL: intercomUrl,
  headers: { Authorization: `Bearer ${token}` },
});
// The registered provider gets the metrics; `meter: true` is the default where no `registry` is given.
instrumentIntercom(intercom, { client: "orders", hosts: [intercomUrl], meter: true });

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
process.once("disconnect", () => ending.abort());

const query = { field: "role", operator: "=", value: "user" };
while (!ending.signal.aborted) {
  await Promise.allSettled([intercom.get("/me"), intercom.post("/contacts/search", { query })]);
  await sleep(PAUSE_MILLISECONDS, undefined, { signal: ending.signal }).catch(() => {});
}
await stopTelemetry();
process.exit();
