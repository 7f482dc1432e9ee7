/** A service on an ordinary day, with its own Intercom: `quiet-service.ts <name>`. */
import { once } from "node:events";
import type { FaultRule } from "@intercom-telemetry/simulator";
import type { AxiosInstance } from "axios";
import { intercomFails, openClientScene } from "./client-scene.ts";

const CALLS_PER_SECOND = 8;

/** What goes wrong with any API all the time, a little; the client heals most of it by sending again. */
const EVERYDAY_FAULTS: readonly FaultRule[] = [
  { match: { method: "GET" }, probability: 0.01, action: { kind: "empty", status: 503 } },
  { match: { method: "GET" }, probability: 0.005, action: { kind: "reset" } },
  { match: { method: "GET" }, probability: 0.005, action: { kind: "rate_limited", by: "overload" } },
  { probability: 0.02, action: { kind: "slow_headers", seconds: 3 } },
];

/** Mistakes that users and races make: a stale id, a contact that exists, an address without an @. */
const EVERYDAY_MISTAKES: readonly ((intercom: AxiosInstance) => Promise<unknown>)[] = [
  (intercom) => intercom.get("/contacts/000000000000000000000000"),
  (intercom) => intercom.post("/contacts", { role: "user", email: "ann@example.com" }),
  (intercom) => intercom.post("/contacts", { role: "user", email: "ann.example.com" }),
];
/** One call in this many is a mistake, of each kind in turn. */
const MISTAKE_EVERY = 12;

let calls = 0;
function callAsEveryday(intercom: AxiosInstance): Promise<unknown> {
  calls += 1;
  const mistake =
    calls % MISTAKE_EVERY === 0
      ? EVERYDAY_MISTAKES[(calls / MISTAKE_EVERY) % EVERYDAY_MISTAKES.length]
      : undefined;
  return mistake ? mistake(intercom) : intercom.get("/me");
}

const [name = ""] = process.argv.slice(2);
const options = { callsPerSecond: CALLS_PER_SECOND, retriesOn: "days", call: callAsEveryday } as const;
const scene = await openClientScene(name, options, intercomFails(...EVERYDAY_FAULTS));
scene.begin();
console.error(`metrics at http://${scene.target}/metrics`);
await scene.play(once(process, "SIGTERM"));
await scene.close();
