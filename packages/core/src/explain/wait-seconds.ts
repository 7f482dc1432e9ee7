import type { Classification } from "../classify/index.ts";
import { secondsUntil, usableReset } from "../rate-limit/index.ts";

/** How long a failed response asks to wait, on its own clock; a wait of nothing says nothing. */
export function waitSecondsOf(classification: Classification): number | undefined {
  const { error, retryAfter, rateLimit, serverEpochSeconds } = classification;
  if (!error?.retryable) return undefined;
  const now = serverEpochSeconds ?? Date.now() / 1000;
  const named = secondsUntil(retryAfter, now);
  if (named !== undefined && named > 0) return named;
  const reset = error.retryMode === "after_reset" ? usableReset(rateLimit, now) : undefined;
  return reset === undefined ? undefined : reset - now;
}
