import type { RetryOptions } from "@intercom-telemetry/core";
import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { AttemptReader } from "./attempt-reader.ts";
import { PolicyOnAxios } from "./policy-on-axios.ts";
import type { InterceptedInstance } from "./throttle.ts";
import { throttleInstance } from "./throttle.ts";

/** Options of `intercomRetry`. A call can have its own number of retries: `{ "axios-retry": { retries: 0 } }`. */
export type IntercomRetryOptions = RetryOptions;

/** Options for axios-retry 3 and 4, and what they share between calls. */
export interface IntercomRetry {
  readonly retries: number;
  /** Each attempt has the whole `timeout`; the deadline bounds the call. */
  readonly shouldResetTimeout: boolean;
  /** Decides, and waits, so that a canceled call need not wait to the end. */
  readonly retryCondition: (error: unknown) => boolean | Promise<boolean>;
  /** 0: axios-retry has no wait to add. */
  readonly retryDelay: () => number;
  readonly onRetry: (retryCount: number, error: unknown, config: object) => void;
  /** Called by axios-retry 4. */
  readonly onMaxRetryTimesExceeded: (error: unknown) => void;
  /**
   * Also throttles first attempts. They wait while the window is known to be used up, instead of each
   * getting its own 429. When demand exceeds what is left, they leave at the pace of the quota. Processes that share a token
   * share its quota. For instances whose every request has the same token; call it after `axiosRetry(instance, ...)`.
   *
   * @returns a function that undoes it.
   */
  throttle(instance: InterceptedInstance): () => void;
}

/** Methods stand on the prototype: axios-retry copies own properties into every request's configuration. */
class AxiosRetryOptions implements IntercomRetry {
  readonly retries: number;
  readonly shouldResetTimeout = true;
  readonly #policy: PolicyOnAxios;

  constructor(retries: number, policy: PolicyOnAxios) {
    this.retries = retries;
    this.#policy = policy;
  }

  readonly retryCondition = (error: unknown): boolean | Promise<boolean> => {
    try {
      return this.#policy.retry(error);
    } catch {
      // An error or configuration that throws when it is looked at: the caller gets it as it came.
      return false;
    }
  };

  readonly retryDelay = (): number => 0;

  readonly onRetry = (_retryCount: number, _error: unknown, config: object): void => {
    try {
      this.#policy.limitTime(config);
    } catch {
      // As above: the retry keeps the time limit that it has.
    }
  };

  readonly onMaxRetryTimesExceeded = (error: unknown): void => {
    try {
      this.#policy.recordRetriesUsedUp(error);
    } catch {
      // As above.
    }
  };

  throttle(instance: InterceptedInstance): () => void {
    return throttleInstance(instance, this.#policy);
  }
}

/**
 * Makes the options with which axios-retry treats Intercom as Intercom asks for. What is retried comes from the error
 * catalog and from whether sending the request twice is harmless; when, from `Retry-After`, else from the end of the
 * window, else from exponential backoff. Calls that share the result share a plan of the windows, so that they come
 * back at the pace of the quota and not all at once.
 *
 * @param options all optional.
 * @returns options for `axiosRetry(instance, ...)`; make one for each token.
 * @throws TypeError naming the option, what was expected and what came.
 */
export function intercomRetry(options: IntercomRetryOptions = {}): IntercomRetry {
  const resolved = resolveRetryOptions(options);
  const policy = new PolicyOnAxios(new RetryPolicy(resolved), new AttemptReader(resolved));
  return new AxiosRetryOptions(resolved.retries, policy);
}
