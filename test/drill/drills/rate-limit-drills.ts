import type { Drill } from "../drill.ts";
import { intercomFails, openClientScene, type Stage } from "../scenes/client-scene.ts";
import { everyNth } from "./every-nth.ts";

const LIMIT = 10;
const EVERYDAY_SHARE = 0.8;
const EVERYDAY_CALLS_PER_SECOND = LIMIT * EVERYDAY_SHARE;

/** The service sends this share of the quota until the alert has been delivered. */
function demands(share: number) {
  return async ({ traffic }: Stage, delivered: Promise<unknown>): Promise<void> => {
    traffic.callsPerSecond = LIMIT * share;
    await delivered;
    traffic.callsPerSecond = EVERYDAY_CALLS_PER_SECOND;
  };
}

const settings = { limitPerWindow: LIMIT, callsPerSecond: EVERYDAY_CALLS_PER_SECOND };

/** Alerts on refusals because of a limit. */
export const RATE_LIMIT_DRILLS: readonly Drill[] = [
  {
    alert: "IntercomClientRateLimited",
    clock: "minutes",
    // A share that a slow machine cannot push to where the severe alert, which would hide this one, begins.
    fault: "one request in seven is refused while most of the quota is needed",
    open: (name) =>
      openClientScene(name, settings, intercomFails(everyNth(7, { kind: "rate_limited", by: "window" }))),
  },
  {
    alert: "IntercomClientRateLimitedSeverely",
    clock: "minutes",
    fault: "a campaign that needs four times the quota",
    open: (name) => openClientScene(name, settings, demands(4)),
  },
];
