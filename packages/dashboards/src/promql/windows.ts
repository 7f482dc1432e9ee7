/**
 * Distance of the samples that a window is added up from. It has to be shorter than the 5 minutes of the
 * recorded rates by more than a scrape. Adjacent rates miss what happens between the last scrape of one and
 * the first of the next, and a job that runs every hour always runs there.
 */
const STEP_SECONDS = 60;

/**
 * Per-second rates recorded over 5 minutes, added up over a longer window. The sum is proportional to the
 * events in the window, so a ratio of two sums is weighted by events; a mean of ratios is not. `offset` looks back, e.g. ` offset 1w`.
 */
export function overWindow(recordedRate: string, window: string, offset = ""): string {
  return `sum_over_time(${recordedRate}[${window}:${STEP_SECONDS / 60}m]${offset})`;
}

/** Events in a window, from a recorded per-second rate. */
export function eventsInWindow(recordedRate: string, window: string): string {
  return `${overWindow(recordedRate, window)} * ${STEP_SECONDS}`;
}
