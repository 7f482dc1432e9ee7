import type { ResolvedRetryOptions, RetryOptions } from "@intercom-telemetry/core";
import { checkBoolean, refuse, resolveRetryOptions } from "@intercom-telemetry/core";
import type { ResolvedTelemetryOptions, TelemetryOptions } from "@intercom-telemetry/core/record";
import { isObject, resolveTelemetryOptions } from "@intercom-telemetry/core/record";

/** Options of `instrumentGlobalFetch`. All are optional. */
export type InstrumentGlobalFetchOptions = TelemetryOptions;

/** How requests are retried. All are optional. */
export interface FetchRetryOptions extends Omit<RetryOptions, "hosts"> {
  /**
   * Also throttle first attempts. They wait while the window is known to be used up, instead of each
   * getting its own 429. When demand exceeds what is left, they leave at the pace of the quota. Processes that share a token share
   * its quota. Default `false`.
   */
  throttle?: boolean | undefined;
}

/** Options of `intercomFetch`. All are optional. */
export interface IntercomFetchOptions extends TelemetryOptions {
  /**
   * The fetch that sends the requests: that of undici or node-fetch, one with a proxy, or a mock. Default: the global
   * `fetch`, as it is when a request is made.
   */
  fetch?: typeof fetch | undefined;
  /**
   * Retry as Intercom asks for, `{}` for the defaults. For the official SDK 7 switch its own retries off
   * (`maxRetries: 0`) and give it time (`timeoutInSeconds` of at least `deadlineSeconds`). One token for each
   * `intercomFetch`: `client` has to be a name. Requests that `ignore` leaves out are not retried. Default: no retries.
   */
  retry?: FetchRetryOptions | undefined;
}

/** Checked retry options, defaults filled in. */
export interface ResolvedFetchRetry extends ResolvedRetryOptions {
  readonly throttle: boolean;
}

/** Checked options, defaults filled in. */
export interface ResolvedFetchOptions extends ResolvedTelemetryOptions {
  /** `undefined` for the global one. */
  readonly fetch: typeof fetch | undefined;
  /** `undefined` for no retries. */
  readonly retry: ResolvedFetchRetry | undefined;
}

function checkFetch(value: unknown): typeof fetch | undefined {
  if (value === undefined && typeof globalThis.fetch !== "function") {
    return refuse("fetch", "a function, since there is no global fetch", value);
  }
  if (value === undefined || typeof value === "function") return value as typeof fetch | undefined;
  return refuse("fetch", "a function", value);
}

function checkRetry(value: unknown, client: unknown): ResolvedFetchRetry | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value) || Array.isArray(value)) return refuse("retry", "an object", value);
  if ("hosts" in value) return refuse("retry.hosts", "nothing, since the option hosts counts", value.hosts);
  // A plan of the windows is for one token.
  if (typeof client === "function") return refuse("client", "a name beside the option retry", client);
  const { throttle: given = false } = value;
  const throttle = checkBoolean("retry.throttle", given);
  try {
    return { ...resolveRetryOptions(value, ["throttle"]), throttle };
  } catch (error) {
    if (error instanceof TypeError) error.message = `retry.${error.message}`;
    throw error;
  }
}

/**
 * Checks the options and fills in defaults.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveFetchOptions(options: unknown): ResolvedFetchOptions {
  const resolved = resolveTelemetryOptions(options, ["fetch", "retry"]);
  const { fetch, retry } = options as IntercomFetchOptions;
  return { ...resolved, fetch: checkFetch(fetch), retry: checkRetry(retry, resolved.client) };
}
