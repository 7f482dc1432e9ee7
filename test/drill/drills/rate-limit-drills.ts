import axios from "axios";
import type { Drill } from "../drill.ts";
import { openClientScene, type Stage, TOKEN } from "../scenes/client-scene.ts";
import { Traffic } from "../scenes/traffic.ts";

const LIMIT = 20;
const EVERYDAY_SHARE = 0.4;
const EVERYDAY_CALLS_PER_SECOND = LIMIT * EVERYDAY_SHARE;

/** The service sends this share of the quota until the alert has been delivered. */
function demands(share: number) {
  return async ({ traffic }: Stage, delivered: Promise<unknown>): Promise<void> => {
    traffic.callsPerSecond = LIMIT * share;
    await delivered;
    traffic.callsPerSecond = EVERYDAY_CALLS_PER_SECOND;
  };
}

/** Another app with the same token, which nobody has instrumented, spends twice the quota. */
async function othersSpend({ simulator }: Stage, delivered: Promise<unknown>): Promise<void> {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const others = new Traffic(LIMIT * 2, () => axios.get(`${simulator.url}/me`, { headers }));
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
    fault: "a campaign that needs 118 % of the quota",
    open: (name) => openClientScene(name, settings, demands(1.18)),
  },
  {
    alert: "IntercomClientRateLimitedSeverely",
    clock: "minutes",
    fault: "a campaign that needs twice the quota",
    open: (name) => openClientScene(name, settings, demands(2)),
  },
  {
    alert: "IntercomClientRateLimitSurfaced",
    clock: "minutes",
    fault: "more than the quota, and nothing is sent again",
    open: (name) => openClientScene(name, settings, demands(1.18)),
  },
  {
    alert: "IntercomClientRateLimitedByOthers",
    clock: "minutes",
    fault: "another app of the workspace spends the quota",
    open: (name) => openClientScene(name, { ...settings, callsPerSecond: LIMIT * 0.25 }, othersSpend),
  },
];
