import type { Series } from "@intercom-telemetry/local-prometheus";
import { CLOCKS } from "../time/clocks.ts";

const { factor } = CLOCKS.days;
const DAY_SECONDS = 86_400 / factor;
const HOUR_SECONDS = 3600 / factor;
const STEP_SECONDS = 300 / factor;

const CALLS = "client:intercom_client_calls";
const FAILED_CALLS = "client:intercom_client_failed_calls";

/** Scaled days before now, up to now, at multiples of the step as subqueries read them. */
function instants(days: number, stepSeconds: number, nowEpochSeconds: number): readonly number[] {
  const last = Math.floor(nowEpochSeconds / stepSeconds);
  const count = Math.floor((days * DAY_SECONDS) / stepSeconds);
  return Array.from({ length: count }, (_, index) => (last - count + 1 + index) * stepSeconds);
}

/** Days of even traffic of which a steady share failed. */
export function steadyHistory(
  days: number,
  callsPerSecond: number,
  failedRatio: number,
  client: string,
  nowEpochSeconds: number,
): readonly Series[] {
  const times = instants(days, STEP_SECONDS, nowEpochSeconds);
  const series = (name: string, value: number): Series => ({
    name,
    labels: { client },
    samples: times.map((time) => [time, value]),
  });
  return [
    series(`${CALLS}:rate5m`, callsPerSecond),
    series(`${FAILED_CALLS}:rate5m`, callsPerSecond * failedRatio),
  ];
}

/**
 * Thirty days of hourly sums. All failed calls lie in one hour almost thirty days ago.
 *
 * @param leavesAfterSeconds when that hour leaves the period, from now.
 */
export function monthWithOneBadHour(
  calls: number,
  failedCalls: number,
  leavesAfterSeconds: number,
  client: string,
  nowEpochSeconds: number,
): readonly Series[] {
  const times = instants(30, HOUR_SECONDS, nowEpochSeconds);
  const badHour = Math.floor(leavesAfterSeconds / HOUR_SECONDS);
  return [
    {
      name: `${CALLS}:increase1h`,
      labels: { client },
      samples: times.map((time) => [time, calls / times.length]),
    },
    {
      name: `${FAILED_CALLS}:increase1h`,
      labels: { client },
      samples: times.map((time, index) => [time, index === badHour ? failedCalls : 0]),
    },
  ];
}

/** Two weeks in which the daily peak of demand did not move. */
export function levelPeaks(demandRatio: number, client: string, nowEpochSeconds: number): Series {
  const times = instants(15, DAY_SECONDS, nowEpochSeconds);
  return {
    name: "client:intercom_client_rate_limit_demand:max1d",
    labels: { client },
    samples: times.map((time) => [time, demandRatio]),
  };
}

/** Even calls in the last scaled hours, and a week before them and before the next ones. */
export function callsThenAndNow(
  callsPerSecond: number,
  client: string,
  nowEpochSeconds: number,
): readonly Series[] {
  const weekAgo = nowEpochSeconds - 7 * DAY_SECONDS;
  const times = [
    ...instants(6, STEP_SECONDS, weekAgo + 5 * DAY_SECONDS),
    ...instants(0.5, STEP_SECONDS, nowEpochSeconds),
  ];
  return [
    {
      name: `${CALLS}:rate5m`,
      labels: { client },
      samples: times.map((time) => [time, callsPerSecond] as const),
    },
  ];
}

/** Seconds until the next scaled day begins, when a new daily peak counts. */
export function untilNextDaySeconds(nowEpochSeconds: number): number {
  return DAY_SECONDS - (nowEpochSeconds % DAY_SECONDS);
}
