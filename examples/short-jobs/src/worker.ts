/** A worker that takes jobs from a queue until it is told to end, or dies of a bug. */
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import { startTelemetry } from "./telemetry.ts";

const { INTERCOM_URL = "https://api.intercom.io", INTERCOM_ACCESS_TOKEN, POISONED } = process.env;

startTelemetry();
const intercom = axios.create({
  baseURL: INTERCOM_URL,
  headers: { Authorization: `Bearer ${INTERCOM_ACCESS_TOKEN}` },
  timeout: 30_000,
});
const { flush } = instrumentIntercom(intercom, { client: "worker", hosts: [INTERCOM_URL] });
// Series at 0 before the first job: what counts increases sees the first one too.
await flush();

let isEnding = false;
let underWay: Promise<unknown> = Promise.resolve();

process.once("SIGTERM", () => {
  isEnding = true;
});

process.once("uncaughtException", async (error) => {
  console.error(error.message);
  process.exitCode = 1;
  isEnding = true;
  // The request that is under way reaches Intercom, so it is waited for and counted.
  await underWay;
  await flush({ timeoutSeconds: 2 });
  process.exit();
});

const jobs = new EventEmitter();
if (POISONED) {
  jobs.on("done", (count: number) => {
    if (count === 5) throw new Error("the worker dies of a bug");
  });
}

for (let count = 1; !isEnding; count += 1) {
  underWay = intercom.get(count % 2 === 0 ? "/contacts/that-is-gone" : "/admins").catch(() => undefined);
  await underWay;
  // From outside of this function, as most code of a service runs: nobody catches what it throws.
  setImmediate(() => jobs.emit("done", count));
  process.send?.({ done: count });
  await sleep(10);
}
await flush();
process.exit();
