import { setTimeout as sleep } from "node:timers/promises";
import { nowEpochSeconds } from "@intercom-telemetry/local-prometheus";
import type { Drill } from "../drill.ts";
import { intercomAnswers, openClientScene, type Stage } from "../scenes/client-scene.ts";
import { levelPeaks, untilNextDaySeconds } from "./history.ts";

const LIMIT = 20;
/** Demand is judged by its peaks: what a busy machine could not send is not sent in a burst. */
const EVEN = { limitPerWindow: LIMIT, longestCatchUpSeconds: 0.2 };
const EVERYDAY_CALLS_PER_SECOND = 1;

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

const PEAK_SECONDS = 15;
const TIME_TO_BE_COUNTED_SECONDS = 10;

/**
 * A peak is a matter of one day: it counts from the next day on, when it is over, and the alert ends with the calm
 * peak of the day after. So the fault ends by itself, whether or not anybody has been told.
 */
async function playOnePeak({ traffic }: Stage): Promise<void> {
  const leftSeconds = untilNextDaySeconds(nowEpochSeconds());
  if (leftSeconds < PEAK_SECONDS + TIME_TO_BE_COUNTED_SECONDS) await sleep(leftSeconds * 1000);
  traffic.callsPerSecond = LIMIT * 1.3;
  await sleep(PEAK_SECONDS * 1000);
  traffic.callsPerSecond = EVERYDAY_CALLS_PER_SECOND;
}

const forecast: Drill = {
  alert: "IntercomClientRateLimitCapacityForecast",
  clock: "days",
  // Two scaled days, and what is left of the one in which it begins.
  patienceSeconds: 480,
  fault: "after two weeks with peaks at 80 % of the quota, a day with 130 %",
  open: (name) => openClientScene(name, { ...EVEN, callsPerSecond: EVERYDAY_CALLS_PER_SECOND }, playOnePeak),
  history: (client, now) => [levelPeaks(0.8, client, now)],
};

const headersUnknown: Drill = {
  alert: "IntercomClientRateLimitUnknown",
  clock: "minutes",
  fault: "a gateway that drops the rate-limit headers",
  open: (name) =>
    openClientScene(name, {}, intercomAnswers({ action: { kind: "rate_headers", fault: "missing" } })),
};

/** Alerts on a limit that is near, will be near, or cannot be seen. */
export const CAPACITY_DRILLS: readonly Drill[] = [windowsTight, forecast, headersUnknown];
