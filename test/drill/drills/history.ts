import type { Series } from "@intercom-telemetry/local-prometheus";
import { CLOCKS } from "../time/clocks.ts";

const { factor } = CLOCKS.days;
const DAY_SECONDS = 86_400 / factor;
const STEP_SECONDS = 300 / factor;

const CALLS = "job:intercom_client_calls";
const FAILED_CALLS = "job:intercom_client_failed_calls";

/** Scaled days before now, up to now, at multiples of the step as subqueries read them. */
function instants(days: number, stepSeconds: number, nowEpochSeconds: number): readonly number[] {
  const last = Math.floor(nowEpochSeconds / stepSeconds);
  const count = Math.floor((days * DAY_SECONDS) / stepSeconds);
  return Array.from({ length: count }, (_, index) => (last - count + 1 + index) * stepSeconds);
}

/** Even traffic of which a steady share failed. */
export interface SteadyTraffic {
  readonly days: number;
  readonly callsPerSecond: number;
  readonly failedRatio: number;
}

/** What was recorded of this traffic until now. */
export function steadyHistory(
  { days, callsPerSecond, failedRatio }: SteadyTraffic,
  client: string,
  nowEpochSeconds: number,
): readonly Series[] {
  const times = instants(days, STEP_SECONDS, nowEpochSeconds);
  const series = (name: string, value: number): Series => ({
    name,
    labels: { job: client, client },
    samples: times.map((time) => [time, value]),
  });
  return [
    series(`${CALLS}:rate5m`, callsPerSecond),
    series(`${FAILED_CALLS}:rate5m`, callsPerSecond * failedRatio),
  ];
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
      labels: { job: client, client },
      samples: times.map((time) => [time, callsPerSecond] as const),
    },
  ];
}
