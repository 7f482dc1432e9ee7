import type { Outcome } from "../classify/index.ts";
import { secondsUntil, usableReset } from "../rate-limit/index.ts";
import type { ResolvedRetryOptions } from "./options.ts";
import type { RetryReason } from "./retry-decision.ts";

/** A wait of some seconds, or for a slot in a window. */
export type Wait =
  | { readonly reason: RetryReason; readonly seconds: number }
  | {
      readonly reason: RetryReason;
      /** The slot lies at or after this instant on the server's clock. */
      readonly slotFromEpochSeconds: number;
    };

/** What a wait is drawn from. */
export interface WaitSettings {
  readonly options: Pick<ResolvedRetryOptions, "backoffSeconds" | "longestBackoffSeconds">;
  /** Server's clock when the attempt ended. */
  readonly serverEpochSeconds: number;
  readonly random: () => number;
}

/** Part of a named wait that is drawn on top, so that all who were named the same do not return together. */
const RETRY_AFTER_JITTER = 0.2;

function backoff(retryCount: number, { options, random }: WaitSettings): number {
  const full = Math.min(options.longestBackoffSeconds, options.backoffSeconds * 2 ** retryCount);
  return full / 2 + random() * (full / 2);
}

function reasonOf({ status, error }: Outcome): RetryReason {
  if (error?.code === "rate_limit_exceeded") return "window_unknown";
  if (error?.category === "rate_limit" || status === 429) return "overload";
  if (error?.category === "transport") return "no_response";
  return error?.category === "conflict" ? "conflict" : "server_error";
}

/**
 * How long a request waits for its retry: as long as `Retry-After` says; else, when the window was used up, for a slot
 * in a later one; else it backs off exponentially. A `Retry-After` below the first step of the backoff says nothing:
 * a server that is down would be asked without a pause.
 */
export function chooseWait(outcome: Outcome, settings: WaitSettings): Wait {
  const { serverEpochSeconds, options, random } = settings;
  const forWindow = outcome.error?.retryMode === "after_reset";
  const named = secondsUntil(outcome.retryAfter, serverEpochSeconds) ?? 0;
  if (named >= options.backoffSeconds) {
    if (forWindow) return { reason: "retry_after", slotFromEpochSeconds: serverEpochSeconds + named };
    return { reason: "retry_after", seconds: named * (1 + random() * RETRY_AFTER_JITTER) };
  }
  const reset = forWindow ? usableReset(outcome.rateLimit, serverEpochSeconds) : undefined;
  if (reset !== undefined) return { reason: "window_reset", slotFromEpochSeconds: reset };
  return { reason: reasonOf(outcome), seconds: backoff(outcome.retryCount, settings) };
}
