import type { RateLimit } from "@intercom-telemetry/core";
import { lookupError } from "@intercom-telemetry/core";
import type { JudgedFailure } from "./judge-failure.ts";
import type { ResolvedRetryOptions } from "./options.ts";
import { readRetryAfterSeconds } from "./read-retry-after.ts";
import type { ResendReason, Wait } from "./retry-decision.ts";
import type { WindowPlan } from "./window-plan.ts";

/** What waits are worked out from. */
export interface WaitSettings extends ResolvedRetryOptions {
  readonly plan: WindowPlan;
  readonly random: () => number;
}

/** One failed send, and when that is by both clocks, in seconds since the epoch. */
export interface FailureTime {
  readonly localEpochSeconds: number;
  readonly serverEpochSeconds: number;
}

/** A wait and its reason. */
export interface ReasonedWait {
  readonly reason: ResendReason;
  readonly wait: Wait;
}

/** Part of a named wait that is drawn on top, so that all who were named the same do not return together. */
const NAMED_WAIT_JITTER = 0.2;
/** Waits for a reset are clamped: nothing further away is a window of Intercom's. */
const LONGEST_RESET_SECONDS = 60;

function backOffSeconds(retryCount: number, minimum: number, settings: WaitSettings): number {
  const { backoffSeconds, longestBackoffSeconds, random } = settings;
  const full = Math.min(longestBackoffSeconds, backoffSeconds * 2 ** retryCount);
  return Math.max(minimum, full / 2 + random() * (full / 2));
}

/** The reset of the answer when it can be waited for, on the server's clock. */
function usableReset(
  rateLimit: RateLimit | undefined,
  { serverEpochSeconds }: FailureTime,
): number | undefined {
  const reset = rateLimit?.resetEpochSeconds;
  if (reset === undefined) return undefined;
  const leftSeconds = reset - serverEpochSeconds;
  return leftSeconds > 0 && leftSeconds <= LONGEST_RESET_SECONDS ? reset : undefined;
}

function waitForPlace(fromEpochSeconds: number, time: FailureTime, settings: WaitSettings): Wait {
  const { plan, random, windowSeconds } = settings;
  const place = plan.reserve(time.localEpochSeconds, fromEpochSeconds);
  if (place) return place;
  // The quota is not known, and so no pace: anywhere in the window.
  return { seconds: Math.max(0, fromEpochSeconds - time.serverEpochSeconds) + random() * windowSeconds };
}

function reasonOf({ outcome }: JudgedFailure): ResendReason {
  const { error } = outcome;
  if (error?.code === "rate_limit_exceeded") return "window_unknown";
  if (error?.category === "rate_limit") return "overload";
  if (error?.category === "transport") return "no_answer";
  return error?.category === "conflict" ? "conflict" : "server_error";
}

/**
 * How long a request waits for its resend: for what `Retry-After` names; else, when the window was used up, for a place
 * in a later one; else it backs off exponentially.
 *
 * @param retryCount resends that the call has behind it.
 */
export function chooseWait(
  failure: JudgedFailure,
  time: FailureTime,
  retryCount: number,
  settings: WaitSettings,
): ReasonedWait {
  const { outcome, headers } = failure;
  const named = readRetryAfterSeconds(headers?.("retry-after"), time.serverEpochSeconds);
  const forWindow = outcome.error?.retryMode === "after_reset";
  if (named !== undefined) {
    const wait = forWindow
      ? waitForPlace(time.serverEpochSeconds + named, time, settings)
      : { seconds: named * (1 + settings.random() * NAMED_WAIT_JITTER) };
    return { reason: "retry_after", wait };
  }
  const reset = forWindow ? usableReset(outcome.rateLimit, time) : undefined;
  if (reset !== undefined) return { reason: "window_reset", wait: waitForPlace(reset, time, settings) };
  const minimumSeconds = lookupError(outcome.error?.code ?? "")?.minWaitSeconds ?? 0;
  return {
    reason: reasonOf(failure),
    wait: { seconds: backOffSeconds(retryCount, minimumSeconds, settings) },
  };
}
