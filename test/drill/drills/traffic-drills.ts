import type { Drill } from "../drill.ts";
import { intercomFails, openClientScene, type Stage } from "../scenes/client-scene.ts";
import { callsThenAndNow } from "./history.ts";

const slow: Drill = {
  alert: "IntercomClientSlowRequests",
  clock: "minutes",
  fault: "every other response takes three seconds",
  open: (name) =>
    openClientScene(
      name,
      {},
      intercomFails({ probability: 0.5, action: { kind: "slow_headers", seconds: 3 } }),
    ),
};

const retryStorm: Drill = {
  alert: "IntercomClientRetryStorm",
  clock: "minutes",
  fault: "every other request fails, and the client sends it again until it succeeds",
  open: (name) =>
    openClientScene(
      name,
      { retriesOn: "minutes" },
      intercomFails({ probability: 0.5, action: { kind: "html", status: 502 } }),
    ),
};

/** Requests that never end, in a client without a time limit, until somebody restarts it. */
async function playHang({ simulator, intercom, traffic, everydayCall }: Stage, delivered: Promise<unknown>) {
  const restart = new AbortController();
  simulator.setScript({ rules: [{ action: { kind: "hang" } }] });
  traffic.call = () => intercom.get("/me", { signal: restart.signal });
  await delivered;
  simulator.setScript({ rules: [] });
  traffic.call = everydayCall;
  restart.abort();
}

const stuck: Drill = {
  alert: "IntercomClientStuck",
  clock: "minutes",
  fault: "Intercom takes requests and never responds; the client waits forever",
  open: (name) => openClientScene(name, { timeoutSeconds: 0, mostInFlight: 5 }, playHang),
};

const CALLS_PER_SECOND = 10;

const dropped: Drill = {
  alert: "IntercomClientTrafficDropped",
  clock: "days",
  fault: "a twentieth of the calls of a week ago",
  open: (name) =>
    openClientScene(name, { callsPerSecond: CALLS_PER_SECOND }, async ({ traffic }, delivered) => {
      traffic.callsPerSecond = CALLS_PER_SECOND / 20;
      await delivered;
      traffic.callsPerSecond = CALLS_PER_SECOND;
    }),
  history: (client, now) => callsThenAndNow(CALLS_PER_SECOND, client, now),
};

/** Alerts on how requests run. */
export const TRAFFIC_DRILLS: readonly Drill[] = [slow, retryStorm, stuck, dropped];
