import axios from "axios";
import type { Drill } from "../drill.ts";
import { intercomAnswers, openClientScene, type Stage, TOKEN } from "../scenes/client-scene.ts";
import { Traffic } from "../scenes/traffic.ts";
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

const OWN_CALLS_PER_SECOND = 5;
const SHARED_LIMIT = 20;

/** Another app with the same token, which nobody has instrumented, spends twice the quota. */
async function othersSpend({ simulator }: Stage, delivered: Promise<unknown>): Promise<void> {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const others = new Traffic(SHARED_LIMIT * 2, () => axios.get(`${simulator.url}/me`, { headers }));
  others.start();
  try {
    await delivered;
  } finally {
    others.stop();
  }
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
      openClientScene(name, settings, intercomAnswers(everyNth(7, { kind: "rate_limited", by: "window" }))),
  },
  {
    alert: "IntercomClientRateLimitedSeverely",
    clock: "minutes",
    fault: "a campaign that needs four times the quota",
    open: (name) => openClientScene(name, settings, demands(4)),
  },
  {
    alert: "IntercomClientRateLimitSurfaced",
    clock: "minutes",
    fault: "twice the quota is needed, and nothing is sent again",
    open: (name) => openClientScene(name, settings, demands(2)),
  },
  {
    alert: "IntercomClientRateLimitedByOthers",
    clock: "minutes",
    fault: "another app of the workspace spends the quota",
    open: (name) =>
      openClientScene(
        name,
        { limitPerWindow: SHARED_LIMIT, callsPerSecond: OWN_CALLS_PER_SECOND },
        othersSpend,
      ),
  },
];
