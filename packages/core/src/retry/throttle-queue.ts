import type { WindowPlan } from "../rate-limit/index.ts";
import type { RetryEnvironment } from "./environment.ts";
import { isCanceled, onCanceled } from "./sleep.ts";

/** Longest wait for the first response of a window. */
const LONGEST_PROBE_MILLISECONDS = 1000;

/** One attempt that asks to leave. */
export interface ThrottledAttempt {
  /** Goes before the others: the next page of a scroll, whose life is short, before a retry, which has waited already. */
  readonly priority: "scroll" | "retry" | "first";
  /** When it leaves whether there is room or not, on the monotonic clock. */
  readonly latestMilliseconds: number;
  /** Each an `AbortSignal`, a `CancelToken` of axios, or anything else, which never cancels. */
  readonly cancellations: readonly unknown[];
}

interface Waiter {
  readonly attempt: ThrottledAttempt;
  readonly sinceMilliseconds: number;
  readonly leave: () => void;
}

/** Attempts that wait until a window has room for them, in the order in which they came. */
export class ThrottleQueue {
  readonly #plan: WindowPlan;
  readonly #environment: RetryEnvironment;
  readonly #urgent: Waiter[] = [];
  readonly #others: Waiter[] = [];
  #pacing = false;
  /** No one who waits has to leave before; those who left may have had to. */
  #earliestMilliseconds = Number.POSITIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  constructor(plan: WindowPlan, environment: RetryEnvironment) {
    this.#plan = plan;
    this.#environment = environment;
  }

  /** @returns `undefined` when the attempt may leave now; else a promise that resolves when it may, or was canceled. */
  enter(attempt: ThrottledAttempt): Promise<void> | undefined {
    const { length } = this;
    if (length === 0 && this.#mayLeave(attempt, this.#environment.monotonicMilliseconds())) return undefined;
    if (this.#comesTooLate(attempt, length + 1)) {
      this.#plan.recordStart(this.#localEpochSeconds());
      return undefined;
    }
    return new Promise((resolve) => this.#wait(attempt, resolve));
  }

  /** Something was learned about the window. */
  wake(): void {
    this.#pump();
  }

  get length(): number {
    return this.#urgent.length + this.#others.length;
  }

  #wait(attempt: ThrottledAttempt, resolve: () => void): void {
    const stops: (() => void)[] = [];
    const leave = (): void => {
      for (const stop of stops) stop();
      resolve();
    };
    const waiter = { attempt, leave, sinceMilliseconds: this.#environment.monotonicMilliseconds() };
    for (const cancellation of attempt.cancellations) {
      stops.push(onCanceled(cancellation, () => this.#remove(waiter)));
    }
    this.#earliestMilliseconds = Math.min(this.#earliestMilliseconds, attempt.latestMilliseconds);
    if (attempt.priority === "scroll") this.#urgent.unshift(waiter);
    else (attempt.priority === "retry" ? this.#urgent : this.#others).push(waiter);
    this.#pump();
  }

  #remove(waiter: Waiter): void {
    for (const queue of [this.#urgent, this.#others]) {
      const index = queue.indexOf(waiter);
      if (index !== -1) queue.splice(index, 1);
    }
    waiter.leave();
    this.#pump();
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (;;) {
      const queue = this.#urgent.length > 0 ? this.#urgent : this.#others;
      const [head] = queue;
      if (!head) break;
      if (!this.#mayLeave(head.attempt, head.sinceMilliseconds)) {
        this.#releaseOverdue();
        return;
      }
      queue.shift();
      head.leave();
    }
    this.#pacing = false;
  }

  /** Those behind the head leave at their own deadlines. */
  #releaseOverdue(): void {
    const now = this.#environment.monotonicMilliseconds();
    if (now < this.#earliestMilliseconds) return;
    this.#earliestMilliseconds = Number.POSITIVE_INFINITY;
    for (const queue of [this.#urgent, this.#others]) {
      for (const waiter of [...queue]) {
        const { latestMilliseconds } = waiter.attempt;
        if (now < latestMilliseconds) {
          this.#earliestMilliseconds = Math.min(this.#earliestMilliseconds, latestMilliseconds);
          continue;
        }
        queue.splice(queue.indexOf(waiter), 1);
        this.#plan.recordStart(this.#localEpochSeconds());
        waiter.leave();
      }
    }
  }

  /** When it may not, the timer is set to ask again. */
  #mayLeave({ latestMilliseconds, cancellations }: ThrottledAttempt, sinceMilliseconds: number): boolean {
    // A canceled request goes on to the transport, which rejects it in its own way.
    if (cancellations.some(isCanceled)) return true;
    const now = this.#environment.monotonicMilliseconds();
    const admission = this.#plan.admit(this.#localEpochSeconds(), {
      waiting: Math.max(1, this.length),
      pacing: this.#pacing,
      mayProbe: now - sinceMilliseconds < LONGEST_PROBE_MILLISECONDS,
    });
    if (admission.admitted) return true;
    if (now >= latestMilliseconds) {
      this.#plan.recordStart(this.#localEpochSeconds());
      return true;
    }
    if (admission.cause !== "response") this.#pacing = true;
    const milliseconds = Math.min(admission.seconds * 1000, this.#earliestMilliseconds - now);
    this.#cancelTimer?.();
    this.#cancelTimer = this.#environment.setTimer(Math.ceil(milliseconds), () => this.#pump());
    return false;
  }

  /** Then it leaves at once, so that the caller gets Intercom's own response and not an error of ours. */
  #comesTooLate({ latestMilliseconds }: ThrottledAttempt, position: number): boolean {
    const leastSeconds = this.#plan.leastWaitSeconds(this.#localEpochSeconds(), position);
    return this.#environment.monotonicMilliseconds() + leastSeconds * 1000 > latestMilliseconds;
  }

  #localEpochSeconds(): number {
    return this.#environment.epochMilliseconds() / 1000;
  }
}
