import type { Outcome } from "../classify/index.ts";
import { serverClock, WindowPlan } from "../rate-limit/index.ts";
import type { RetryEnvironment } from "./environment.ts";
import { systemEnvironment } from "./environment.ts";
import { isOneShotBody } from "./one-shot-body.ts";
import type { ResolvedRetryOptions } from "./options.ts";
import { mayReplay } from "./replay.ts";
import type { RetryCall } from "./retry-call.ts";
import type { RefusalReason, RetryDecision } from "./retry-decision.ts";
import { ScrollLife } from "./scroll.ts";
import type { ThrottledAttempt } from "./throttle-queue.ts";
import { ThrottleQueue } from "./throttle-queue.ts";
import { chooseWait } from "./wait.ts";

/** Whether a failed attempt may be retried at all, whenever that is. */
export function refusalReason(
  outcome: Outcome,
  call: RetryCall,
  { replayUnknownWrites }: Pick<ResolvedRetryOptions, "replayUnknownWrites">,
): RefusalReason | undefined {
  const { error } = outcome;
  if (!error?.retryable || error.retryMode === "none") return "not_retryable";
  if (error.retryMode === "wait_for_condition") return "wait_for_condition";
  if (isOneShotBody(call.readBody())) return "body_used";
  if (!mayReplay(outcome, call, replayUnknownWrites)) return "outcome_unknown";
  return call.retryCount >= (call.mostRetries ?? Number.POSITIVE_INFINITY) ? "retries_used_up" : undefined;
}

/** Whether Intercom responded with what should have carried rate-limit headers. */
function expectsHeaders({ status, error, fromOtherHost }: Outcome): boolean {
  if (status === undefined || status >= 500 || fromOtherHost) return false;
  return error?.category !== "intermediary";
}

/**
 * When calls to Intercom are retried and throttled. One policy serves one token: its calls share what is known of the
 * rate-limit windows. A transport tells it how each attempt ended, asks it what follows a failed one, and, to throttle,
 * asks before each attempt:
 *
 * ```ts
 * await policy.throttle(call, signal);
 * // ... the attempt ...
 * policy.recordEnd(outcome);
 * const decision = policy.decide(outcome, call);
 * if (decision.retry) await sleep(decision.delaySeconds, signal);
 * ```
 */
export class RetryPolicy {
  readonly options: ResolvedRetryOptions;
  readonly #environment: RetryEnvironment;
  readonly #plan: WindowPlan;
  readonly #queue: ThrottleQueue;
  readonly #scroll = new ScrollLife();

  constructor(options: ResolvedRetryOptions, environment: RetryEnvironment = systemEnvironment) {
    const { windowSeconds, quotaShare } = options;
    this.options = options;
    this.#environment = environment;
    this.#plan = new WindowPlan({ windowSeconds, quotaShare, random: environment.random });
    this.#queue = new ThrottleQueue(this.#plan, environment);
  }

  /** The clock of `RetryCall.startedMilliseconds`. */
  nowMilliseconds(): number {
    return this.#environment.monotonicMilliseconds();
  }

  /** Seconds that a call may still take. */
  secondsLeft({ startedMilliseconds }: Pick<RetryCall, "startedMilliseconds">): number {
    return this.options.deadlineSeconds - (this.nowMilliseconds() - startedMilliseconds) / 1000;
  }

  /**
   * Records that an attempt has ended. Call it once for each, before `decide`.
   *
   * @param outcome absent when all that is known is that it ended.
   */
  recordEnd(outcome: Outcome | undefined): void {
    if (outcome) this.#scroll.recordEnd(outcome, this.nowMilliseconds());
    const end = {
      rateLimit: outcome?.fromOtherHost ? undefined : outcome?.rateLimit,
      serverEpochSeconds: outcome?.serverEpochSeconds,
      durationSeconds: outcome?.durationSeconds ?? 0,
      expectsHeaders: outcome !== undefined && expectsHeaders(outcome),
      windowUsedUp: outcome?.error?.retryMode === "after_reset",
    };
    this.#plan.recordEnd(end, this.#localEpochSeconds());
    this.#queue.wake();
  }

  /** Decides what follows an attempt that has just failed. A retry that waits for a window has a slot reserved in it. */
  decide(outcome: Outcome, call: RetryCall): RetryDecision {
    const reason = refusalReason(outcome, call, this.options);
    return reason ? { retry: false, reason } : this.#schedule(outcome, call);
  }

  /**
   * Has an attempt wait while the window is used up, or at the pace of the quota while more is asked for than is left.
   *
   * @param cancellations each an `AbortSignal`, a `CancelToken` of axios, or anything else, which never cancels.
   * @returns `undefined` when it may leave at once; else a promise of the seconds that it waited.
   */
  throttle(call: RetryCall, ...cancellations: readonly unknown[]): Promise<number> | undefined {
    const since = this.nowMilliseconds();
    const waiting = this.#queue.enter(this.#throttled(call, cancellations));
    return waiting?.then(() => (this.nowMilliseconds() - since) / 1000);
  }

  #throttled(call: RetryCall, cancellations: readonly unknown[]): ThrottledAttempt {
    const scrollEnd = this.#scroll.endOf(call);
    const deadline = call.startedMilliseconds + this.options.deadlineSeconds * 1000;
    const latestMilliseconds = Math.min(deadline, scrollEnd ?? deadline);
    if (scrollEnd !== undefined) return { priority: "scroll", latestMilliseconds, cancellations };
    return { priority: call.retryCount > 0 ? "retry" : "first", latestMilliseconds, cancellations };
  }

  #schedule(outcome: Outcome, call: RetryCall): RetryDecision {
    const { random } = this.#environment;
    const local = this.#localEpochSeconds();
    const serverEpochSeconds = serverClock(outcome.serverEpochSeconds, local, outcome.durationSeconds);
    const wait = chooseWait(outcome, { options: this.options, serverEpochSeconds, random });
    const { reason } = wait;
    if ("seconds" in wait) {
      const refusal = this.#whyTooLate(call, wait.seconds);
      return refusal ?? { retry: true, reason, delaySeconds: wait.seconds };
    }
    const from = wait.slotFromEpochSeconds;
    const slot = this.#plan.reserve(local, from);
    // While the quota is not known there is no pace: anywhere in the window.
    const at = slot?.epochSeconds ?? from + random() * this.options.windowSeconds;
    const delaySeconds = Math.max(0, at - serverEpochSeconds);
    const refusal = this.#whyTooLate(call, delaySeconds);
    if (refusal && slot) this.#plan.release(slot);
    return refusal ?? { retry: true, reason, delaySeconds };
  }

  #whyTooLate(call: RetryCall, delaySeconds: number): RetryDecision | undefined {
    if (delaySeconds >= this.secondsLeft(call)) return { retry: false, reason: "deadline" };
    const scrollEnd = this.#scroll.endOf(call) ?? Number.POSITIVE_INFINITY;
    const wouldExpire = this.nowMilliseconds() + delaySeconds * 1000 > scrollEnd;
    return wouldExpire ? { retry: false, reason: "scroll_would_expire" } : undefined;
  }

  #localEpochSeconds(): number {
    return this.#environment.epochMilliseconds() / 1000;
  }
}
