import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import { register } from "prom-client";

const CALLS = 5;

/** Does the work: here a few calls to Intercom. The metrics go into the worker's own registry, as everywhere. */
export async function runWorker(): Promise<void> {
  const baseURL = process.env.INTERCOM_URL ?? "https://api.intercom.io";
  const intercom = axios.create({ baseURL, headers: { Authorization: "Bearer demo-token" } });
  instrumentIntercom(intercom, { client: "cluster", hosts: [baseURL], registry: register });
  for (let call = 0; call < CALLS; call += 1) await intercom.get("/admins");
  await intercom.get("/contacts/nobody").catch(() => {});
  process.send?.("done");
  // Ctrl-C reaches the workers as well; the primary ends them.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
}
