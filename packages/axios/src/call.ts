import type { FollowedError, Outcome } from "@intercom-telemetry/core";
import type { AttemptDelay } from "@intercom-telemetry/core/record";
import { isObject } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "./axios-types.ts";
import type { Measurement } from "./measured-adapter.ts";
import type { InjectedHeaders } from "./trace-propagation.ts";

const NO_HEADERS: InjectedHeaders = Object.freeze({});

/**
 * What is known of one call between its attempts. It travels in the configuration under a plain key: every version of
 * axios, every retry plugin and every `{ ...config }` carries a class instance from a failed attempt to its retry.
 */
export class Call {
  /** Attempts that have ended. */
  attempts = 0;
  /** The last attempt failed, or the caller says that the next one is a retry. */
  isRetried = false;
  /** The error of the last attempt; absent when it succeeded or is not known. */
  follows: FollowedError | undefined;
  /** The outcome of the last attempt when it succeeded. It is found here, and that of a failure by its error. */
  succeeded: Outcome | undefined;
  /** When the call began, on the monotonic clock: known to a retry policy. */
  startedMilliseconds: number | undefined;
  /** When the attempt that is under way left, on the monotonic clock: known to a throttle. */
  sentMilliseconds: number | undefined;
  /** The wait before the next attempt, and why. */
  delay: AttemptDelay | undefined;
  /** Headers that an earlier attempt was given by us. */
  injected: InjectedHeaders = NO_HEADERS;
  /** A measuring adapter around the one that is about to run: it steps back when an inner one measures. */
  outer: { handOverTo(call: Call, inner: unknown): void } | undefined;
  /** Of the explicit set-up that the request went through: what is measured automatically inside it is recorded by it. */
  explicit: Measurement | undefined;

  /** The same for the next attempt. A configuration can be used twice at a time, so its call is not shared. */
  copy(): Call {
    const copy = new Call();
    copy.attempts = this.attempts;
    copy.isRetried = this.isRetried;
    copy.follows = this.follows;
    copy.startedMilliseconds = this.startedMilliseconds;
    copy.sentMilliseconds = this.sentMilliseconds;
    copy.delay = this.delay;
    copy.injected = this.injected;
    copy.outer = this.outer;
    return copy;
  }

  /** An attempt has ended. */
  recordEnd(outcome: Outcome): void {
    const { error } = outcome;
    this.attempts += 1;
    this.succeeded = error ? undefined : outcome;
    this.isRetried = error !== undefined;
    this.follows = error && { code: error.code, category: error.category };
    this.delay = undefined;
  }

  /** Keeps an AxiosError's JSON free of it. */
  toJSON(): undefined {
    return undefined;
  }
}

const KEY = "intercom-telemetry";

/** The call that a configuration belongs to. By shape: the ESM and the CJS copy of this package share calls. */
export function callOf(config: RequestConfig): Call | undefined {
  const call = config[KEY];
  return isObject(call) && typeof call.recordEnd === "function" ? (call as unknown as Call) : undefined;
}

/** Makes a configuration belong to a call. A frozen one cannot carry it: then a retry counts as a separate call. */
export function setCall(config: RequestConfig, call: Call): void {
  if (!Object.isFrozen(config)) config[KEY] = call;
}

/** Retries made so far, by axios-retry's count. */
export function axiosRetryCount(config: RequestConfig): number {
  const state = config["axios-retry"];
  const count = isObject(state) ? state.retryCount : undefined;
  return typeof count === "number" ? count : 0;
}

/**
 * How many attempts of its call went before the one that this configuration is for. Sending the configuration of a
 * successful response again makes a new call, unless axios-retry says that it retries (its `validateResponse` may
 * refuse a success).
 */
export function retryCountOf(config: RequestConfig, call: Call): number {
  if (call.attempts === 0) return 0;
  return call.isRetried || axiosRetryCount(config) > 0 ? call.attempts : 0;
}
