import type { RequestConfig } from "../axios-types.ts";
import { isObject } from "../is-object.ts";
import { readCallState, startOf, writeCallState } from "./call-state.ts";
import type { Clocks } from "./decide.ts";
import { decide } from "./decide.ts";
import type { Holding, InterceptedInstance } from "./hold-back.ts";
import { hear, holdBack } from "./hold-back.ts";
import type { JudgedFailure } from "./judge-failure.ts";
import { createFailureJudge } from "./judge-failure.ts";
import type { IntercomRetryOptions } from "./options.ts";
import { resolveRetryOptions } from "./options.ts";
import { recordRefusal } from "./record-refusal.ts";
import type { WaitSettings } from "./wait.ts";
import { WindowPlan } from "./window-plan.ts";

/** Options for axios-retry 3 and 4, and what they share between calls. */
export interface IntercomRetry {
  readonly retries: number;
  /** Each send has the whole `timeout`; the deadline bounds the call. */
  readonly shouldResetTimeout: boolean;
  readonly retryCondition: (error: unknown) => boolean;
  /** Milliseconds, as axios-retry wants them. */
  readonly retryDelay: (retryCount: number, error: unknown) => number;
  readonly onRetry: (retryCount: number, error: unknown, config: object) => void;
  /** Called by axios-retry 4. */
  readonly onMaxRetryTimesExceeded: (error: unknown) => void;
  /**
   * Also holds first sends back while the window is known to be used up, instead of letting each of them find out by a
   * 429 of its own. For instances whose every request has the same token; call it after `axiosRetry(instance, ...)`.
   *
   * @returns a function that undoes it.
   */
  holdBack(instance: InterceptedInstance): () => void;
}

const realClocks: Clocks = {
  monotonicMilliseconds: () => performance.now(),
  epochMilliseconds: () => Date.now(),
};

/** The methods stand on the prototype: axios-retry copies own properties into every request's configuration. */
class RetryPolicy implements IntercomRetry {
  readonly retries: number;
  readonly shouldResetTimeout = true;
  readonly #settings: WaitSettings;
  readonly #clocks: Clocks;
  readonly #holding: Holding;

  constructor(settings: WaitSettings, clocks: Clocks) {
    this.retries = settings.retries;
    this.#settings = settings;
    this.#clocks = clocks;
    this.#holding = { settings, clocks, judge: createFailureJudge(settings.hosts), seen: new WeakSet() };
  }

  readonly retryCondition = (error: unknown): boolean => {
    try {
      const failure = this.#holding.judge(error);
      if (!failure) return false;
      hear(error, error, this.#holding);
      return this.#carryOut(failure);
    } catch {
      // An error or configuration that throws when it is looked at: the caller gets it as it came.
      return false;
    }
  };

  readonly retryDelay = (_retryCount: number, error: unknown): number => {
    const config = isObject(error) && isObject(error.config) ? (error.config as RequestConfig) : {};
    const seconds = readCallState(config)?.delay?.seconds ?? this.#settings.backoffSeconds;
    return Math.ceil(seconds * 1000);
  };

  readonly onRetry = (_retryCount: number, _error: unknown, config: RequestConfig): void => {
    const state = readCallState(config);
    if (!state) return;
    const elapsedMilliseconds = this.#clocks.monotonicMilliseconds() - state.startedMilliseconds;
    const waitMilliseconds = (state.delay?.seconds ?? 0) * 1000;
    const left = this.#settings.deadlineSeconds * 1000 - elapsedMilliseconds - waitMilliseconds;
    const own = typeof config.timeout === "number" && config.timeout > 0 ? config.timeout : left;
    config.timeout = Math.max(1, Math.ceil(Math.min(own, left)));
  };

  readonly onMaxRetryTimesExceeded = (error: unknown): void => {
    try {
      if (this.#holding.judge(error)?.outcome.error?.retryable) recordRefusal("retries_used_up");
    } catch {
      // As above.
    }
  };

  holdBack(instance: InterceptedInstance): () => void {
    return holdBack(instance, this.#holding);
  }

  #carryOut(failure: JudgedFailure): boolean {
    const decision = decide(failure, this.#settings, this.#clocks);
    if (!decision.resend) {
      recordRefusal(decision.reason);
      return false;
    }
    const { config } = failure;
    const now = this.#clocks.monotonicMilliseconds();
    const { seconds, windowEndEpochSeconds } = decision.wait;
    writeCallState(config, {
      startedMilliseconds: startOf(config, now, this.#clocks.epochMilliseconds()),
      delay: { seconds, reason: decision.reason },
      ...(windowEndEpochSeconds === undefined ? {} : { windowEndEpochSeconds }),
    });
    return true;
  }
}

/**
 * Makes the options with which axios-retry treats Intercom as Intercom asks for. What is retried comes from the error
 * catalogue and from whether sending the request twice is harmless; when, from `Retry-After`, else from the end of the
 * window, else from exponential back-off. Calls that share the result share a plan of the windows, so that they return
 * at the pace of the quota and not all at once.
 *
 * @param options all optional.
 * @returns options for `axiosRetry(instance, ...)`; make one for each token.
 * @throws TypeError naming the option, what was expected and what came.
 */
export function intercomRetry(options: IntercomRetryOptions = {}): IntercomRetry {
  const resolved = resolveRetryOptions(options);
  const { windowSeconds, quotaShare } = resolved;
  const random = Math.random;
  const plan = new WindowPlan({ windowSeconds, quotaShare, random });
  return new RetryPolicy({ ...resolved, plan, random }, realClocks);
}
