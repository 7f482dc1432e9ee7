import { durationSeconds } from "../config/duration.ts";

const FINE_STEP_SECONDS = 60;
const COARSE_STEP_SECONDS = 300;
const HOUR_SECONDS = 3600;

/** Distance of the samples that a window is added up from: a minute up to an hour, the rate's own window above. */
function stepSeconds(window: string): number {
  return durationSeconds(window) <= HOUR_SECONDS ? FINE_STEP_SECONDS : COARSE_STEP_SECONDS;
}

/**
 * Per-second rates recorded over 5 minutes, added up over a longer window. The sum is proportional to the
 * events in the window, so a ratio of two sums is weighted by events; a mean of ratios is not. `offset` looks back, e.g. ` offset 1w`.
 */
export function overWindow(recordedRate: string, window: string, offset = ""): string {
  return `sum_over_time(${recordedRate}[${window}:${stepSeconds(window) / 60}m]${offset})`;
}

/** Events in a window, from a recorded per-second rate. */
export function eventsInWindow(recordedRate: string, window: string): string {
  return `${overWindow(recordedRate, window)} * ${stepSeconds(window)}`;
}
