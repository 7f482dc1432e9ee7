import type { RateLimit } from "./headers.ts";
import { CLOCK_TOLERANCE_SECONDS, LONGEST_WINDOW_SECONDS } from "./tolerances.ts";

/** Whether the server's clock, as a response's `Date` shows it, agrees with the local one. */
export function clocksAgree(serverEpochSeconds: number, localEpochSeconds: number): boolean {
  return Math.abs(serverEpochSeconds - localEpochSeconds) <= CLOCK_TOLERANCE_SECONDS;
}

/** Whether a clock explains the `Date` of a response that took so long: it was set somewhere in between. */
function explains(epochSeconds: number, date: number, durationSeconds: number): boolean {
  const ageSeconds = epochSeconds - date;
  return ageSeconds >= -CLOCK_TOLERANCE_SECONDS && ageSeconds <= durationSeconds + CLOCK_TOLERANCE_SECONDS;
}

/**
 * The server's clock when a response arrived, in seconds since the epoch. Where the local clock explains the response's
 * `Date`, the local one is taken, which has fractions; else `Date`, which errs toward waiting up to a second longer.
 *
 * @param date the response's `Date` in seconds since the epoch.
 * @param durationSeconds how long the attempt took.
 * @param knownOffsetSeconds what to add to the local clock, by earlier responses: kept while it explains `Date`.
 */
export function serverClock(
  date: number | undefined,
  localEpochSeconds: number,
  durationSeconds: number,
  knownOffsetSeconds = 0,
): number {
  const known = localEpochSeconds + knownOffsetSeconds;
  if (date === undefined || explains(known, date, durationSeconds)) return known;
  return explains(localEpochSeconds, date, durationSeconds) ? localEpochSeconds : date;
}

/** Whether a window can end at `resetEpochSeconds`, seen from the server's clock. */
export function isPlausibleReset(
  resetEpochSeconds: number,
  serverEpochSeconds: number,
  longestSeconds: number,
): boolean {
  const leftSeconds = resetEpochSeconds - serverEpochSeconds;
  return leftSeconds >= -CLOCK_TOLERANCE_SECONDS && leftSeconds <= longestSeconds;
}

/** The reset of a response when it can be waited for, on the server's clock. */
export function usableReset(
  rateLimit: RateLimit | undefined,
  serverEpochSeconds: number,
): number | undefined {
  const reset = rateLimit?.resetEpochSeconds ?? 0;
  const leftSeconds = reset - serverEpochSeconds;
  return leftSeconds > 0 && leftSeconds <= LONGEST_WINDOW_SECONDS ? reset : undefined;
}
