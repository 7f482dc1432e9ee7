import { resendCountOf, startOf } from "./call-state.ts";
import type { JudgedFailure } from "./judge-failure.ts";
import { mayReplay } from "./replay.ts";
import type { RefusalReason, RetryDecision } from "./retry-decision.ts";
import { readServerClock } from "./server-clock.ts";
import type { FailureTime, WaitSettings } from "./wait.ts";
import { chooseWait } from "./wait.ts";

/** The two clocks, in milliseconds. */
export interface Clocks {
  readonly monotonicMilliseconds: () => number;
  readonly epochMilliseconds: () => number;
}

function refuse(reason: RefusalReason): RetryDecision {
  return { resend: false, reason };
}

function whyNot(failure: JudgedFailure, { replayUnknownWrites }: WaitSettings): RefusalReason | undefined {
  const { error } = failure.outcome;
  if (!error?.retryable || error.retryMode === "none") return "not_retryable";
  if (error.retryMode === "wait_for_condition") return "wait_for_condition";
  return mayReplay(failure, replayUnknownWrites) ? undefined : "outcome_unknown";
}

/** Whatever its headers say: a window that has refused a request takes no more. */
function closeWindow({ outcome }: JudgedFailure, time: FailureTime, { plan }: WaitSettings): void {
  if (outcome.error?.retryMode !== "after_reset") return;
  plan.close(outcome.rateLimit?.resetEpochSeconds ?? plan.endOfWindow(time.localEpochSeconds));
}

/** When a failure arrived, on the local clock and on the server's. */
export function timeOf({ headers }: JudgedFailure, { epochMilliseconds }: Clocks): FailureTime {
  const localEpochSeconds = epochMilliseconds() / 1000;
  return { localEpochSeconds, serverEpochSeconds: readServerClock(headers?.("date"), localEpochSeconds) };
}

/** Decides what becomes of one failed send, and reserves its place when it is sent again. */
export function decide(failure: JudgedFailure, settings: WaitSettings, clocks: Clocks): RetryDecision {
  const time = timeOf(failure, clocks);
  closeWindow(failure, time, settings);
  const reason = whyNot(failure, settings);
  if (reason) return refuse(reason);
  const chosen = chooseWait(failure, time, resendCountOf(failure.config), settings);
  const now = clocks.monotonicMilliseconds();
  const elapsedSeconds = (now - startOf(failure.config, now, clocks.epochMilliseconds())) / 1000;
  if (elapsedSeconds + chosen.wait.seconds < settings.deadlineSeconds) return { resend: true, ...chosen };
  const { windowEndEpochSeconds } = chosen.wait;
  if (windowEndEpochSeconds !== undefined) settings.plan.release(windowEndEpochSeconds);
  return refuse("deadline");
}
