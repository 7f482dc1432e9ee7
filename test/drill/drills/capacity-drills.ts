import type { Drill } from "../drill.ts";
import { openClientScene } from "../scenes/client-scene.ts";

const LIMIT = 20;
/** Demand is judged by its peaks: what a busy machine could not send is not sent in a burst. */
const EVEN = { limitPerWindow: LIMIT, longestCatchUpSeconds: 0.2 };

const windowsTight: Drill = {
  alert: "IntercomClientRateLimitWindowsTight",
  clock: "minutes",
  fault: "92 % of the quota is needed all the time",
  open: (name) =>
    openClientScene(name, { ...EVEN, callsPerSecond: LIMIT * 0.4 }, async ({ traffic }, delivered) => {
      traffic.callsPerSecond = LIMIT * 0.92;
      await delivered;
      traffic.callsPerSecond = LIMIT * 0.4;
    }),
};

/** Alerts on a limit that is near. */
export const CAPACITY_DRILLS: readonly Drill[] = [windowsTight];
