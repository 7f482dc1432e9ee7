import type { RetryPolicy } from "@intercom-telemetry/core";
import { sleep } from "@intercom-telemetry/core";
import { isObject, recordRefusal } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "../axios-types.ts";
import { isCached } from "../ending.ts";
import type { AttemptReader, ReadCall } from "./attempt-reader.ts";

/** A retry policy as axios's configurations, responses and errors use it. May throw where they do. */
export class PolicyOnAxios {
  readonly #policy: RetryPolicy;
  readonly #reader: AttemptReader;
  /** What was recorded: a response passes the interceptors of the retry and then those of the first attempt. */
  readonly #recorded = new WeakSet<object>();

  constructor(policy: RetryPolicy, reader: AttemptReader) {
    this.#policy = policy;
    this.#reader = reader;
  }

  /** Tells the policy, once, how an attempt has settled. */
  recordEnd(settled: unknown, config: unknown): void {
    const read = this.#reader.readCall(config);
    if (read) this.#recordEnd(settled, read);
  }

  /**
   * Decides whether a failed attempt is retried, and waits until then. A call that is canceled meanwhile goes on to
   * axios, which rejects it in its own way.
   */
  retry(error: unknown): boolean | Promise<boolean> {
    const read = isObject(error) ? this.#reader.readCall(error.config) : undefined;
    const outcome = read && this.#reader.readOutcome(error, read);
    if (!read || !outcome) return false;
    this.#recordEnd(error, read);
    const decision = this.#policy.decide(outcome, read.facts);
    if (!decision.retry) {
      recordRefusal(decision.reason);
      return false;
    }
    const { delaySeconds, reason } = decision;
    const { signal, cancelToken } = read.config;
    read.call.delay = { seconds: delaySeconds, reason };
    return sleep(delaySeconds, signal, cancelToken).then(() => true);
  }

  /** A retry has the time limit of the instance, but no more than what is left of the call. */
  limitTime(config: RequestConfig): void {
    const read = this.#reader.readCall(config);
    if (!read) return;
    const left = this.#policy.secondsLeft(read.facts) * 1000;
    const own = typeof config.timeout === "number" && config.timeout > 0 ? config.timeout : left;
    config.timeout = Math.max(1, Math.ceil(Math.min(own, left)));
  }

  /** The last retry has failed. */
  recordRetriesUsedUp(error: unknown): void {
    const read = isObject(error) ? this.#reader.readCall(error.config) : undefined;
    if (read && this.#reader.readOutcome(error, read)?.error?.retryable) recordRefusal("retries_used_up");
  }

  /** Has an attempt wait for its turn. @returns `undefined` when it may leave at once. */
  throttle(config: RequestConfig): Promise<void> | undefined {
    const read = this.#reader.readCall(config);
    if (!read) return undefined;
    const { call, facts } = read;
    const leave = (waitedSeconds: number): void => {
      call.sentMilliseconds = performance.now();
      if (waitedSeconds === 0) return;
      const { seconds = 0, reason = "throttled" } = call.delay ?? {};
      call.delay = { seconds: seconds + waitedSeconds, reason };
    };
    const waiting = this.#policy.throttle(facts, config.signal, config.cancelToken);
    if (waiting) return waiting.then(leave);
    leave(0);
    return undefined;
  }

  #recordEnd(settled: unknown, read: ReadCall): void {
    if (isObject(settled)) {
      if (isCached(settled) || this.#recorded.has(settled)) return;
      this.#recorded.add(settled);
    }
    this.#policy.recordEnd(this.#reader.readOutcome(settled, read));
  }
}
