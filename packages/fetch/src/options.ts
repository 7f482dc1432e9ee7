import { refuse } from "@intercom-telemetry/core";
import type { ResolvedTelemetryOptions, TelemetryOptions } from "@intercom-telemetry/core/record";
import { resolveTelemetryOptions } from "@intercom-telemetry/core/record";

/** Options of `instrumentGlobalFetch`. All are optional. */
export type InstrumentGlobalFetchOptions = TelemetryOptions;

/** Options of `intercomFetch`. All are optional. */
export interface IntercomFetchOptions extends TelemetryOptions {
  /**
   * The fetch that sends the requests: that of undici or node-fetch, one with a proxy, or a mock. Default: the global
   * `fetch`, as it is when a request is made.
   */
  fetch?: typeof fetch | undefined;
}

/** Checked options, defaults filled in. */
export interface ResolvedFetchOptions extends ResolvedTelemetryOptions {
  /** `undefined` for the global one. */
  readonly fetch: typeof fetch | undefined;
}

function checkFetch(value: unknown): typeof fetch | undefined {
  if (value === undefined && typeof globalThis.fetch !== "function") {
    return refuse("fetch", "a function, since there is no global fetch", value);
  }
  if (value === undefined || typeof value === "function") return value as typeof fetch | undefined;
  return refuse("fetch", "a function", value);
}

/**
 * Checks the options and fills in defaults.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveFetchOptions(options: unknown): ResolvedFetchOptions {
  const resolved = resolveTelemetryOptions(options, ["fetch"]);
  return { ...resolved, fetch: checkFetch((options as IntercomFetchOptions).fetch) };
}
