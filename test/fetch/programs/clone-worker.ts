/**
 * `clone-worker.ts <url>`, with `--expose-gc`: failed responses that are read long after our clone of them could have
 * been collected. Prints how many could not be read.
 */
import { setTimeout as wait } from "node:timers/promises";
import { intercomFetch } from "@intercom-telemetry/fetch";

const [url = ""] = process.argv.slice(2);
const RESPONSES = 40;
/** Timers, the reading of the clone, finalizers: a few turns of the event loop. */
const TURNS = 5;

const fetch = intercomFetch({ hosts: [url], recorders: [{ finish: () => {} }] });
let broken = 0;
for (let sent = 0; sent < RESPONSES; sent += 1) {
  const response = await fetch(`${url}/me`, { headers: { authorization: "Bearer demo-token" } });
  for (let turn = 0; turn < TURNS; turn += 1) {
    await wait(4);
    globalThis.gc?.();
  }
  const body = await response.text().catch(() => "");
  if (!body.includes("conflict")) broken += 1;
}
process.stdout.write(`${process.versions.undici} ${broken}\n`);
