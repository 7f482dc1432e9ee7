import { CLOCK_TOLERANCE_SECONDS } from "./tolerances.ts";

/** Whether the server's clock, as a response's `Date` shows it, agrees with the local one. */
export function clocksAgree(serverEpochSeconds: number, localEpochSeconds: number): boolean {
  return Math.abs(serverEpochSeconds - localEpochSeconds) <= CLOCK_TOLERANCE_SECONDS;
}

/**
 * The server's clock when a response arrived, in seconds since the epoch. Where the local clock agrees with the
 * response's `Date`, the local one is taken, which has fractions; else `Date`, which errs towards waiting up to a second
 * longer.
 *
 * @param date the response's `Date` in seconds since the epoch.
 */
export function serverClock(date: number | undefined, localEpochSeconds: number): number {
  return date === undefined || clocksAgree(date, localEpochSeconds) ? localEpochSeconds : date;
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
