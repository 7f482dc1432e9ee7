import type { RateLimit } from "./rate-limit.ts";
import type { RetryAfter } from "./retry-after.ts";
import { LONGEST_WINDOW_SECONDS } from "./tolerances.ts";

/** How long `Retry-After` asks to wait. */
export function secondsUntil(
  retryAfter: RetryAfter | undefined,
  serverEpochSeconds: number,
): number | undefined {
  if (retryAfter === undefined) return undefined;
  return "seconds" in retryAfter
    ? retryAfter.seconds
    : Math.max(0, retryAfter.epochSeconds - serverEpochSeconds);
}

/** The reset of a response when it can be waited for, on the server's clock. */
export function usableReset(
  rateLimit: RateLimit | undefined,
  serverEpochSeconds: number,
): number | undefined {
  const reset = rateLimit?.resetEpochSeconds;
  if (reset === undefined) return undefined;
  const leftSeconds = reset - serverEpochSeconds;
  return leftSeconds > 0 && leftSeconds <= LONGEST_WINDOW_SECONDS ? reset : undefined;
}
