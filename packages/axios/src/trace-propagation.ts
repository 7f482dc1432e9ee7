import { isObject, readHeader, traceHeaders } from "@intercom-telemetry/core/record";
import type { Context } from "@opentelemetry/api";
import type { RequestConfig } from "./axios-types.ts";

/** Headers that an attempt was given by us, and that a retry may replace. */
export type InjectedHeaders = Readonly<Record<string, string>>;

/**
 * Writes the trace context into the request's headers. What the caller has set is left as it is.
 *
 * @param earlier what an earlier attempt of the call was given.
 * @returns what was written.
 */
export function injectTraceContext(
  config: RequestConfig,
  context: Context,
  earlier: InjectedHeaders,
): InjectedHeaders {
  const { headers } = config;
  if (!isObject(headers)) return {};
  const injected: Record<string, string> = {};
  for (const [name, value] of Object.entries(traceHeaders(context))) {
    const present = readHeader(headers, name);
    if (present === undefined || present === earlier[name]) injected[name] = value;
  }
  Object.assign(headers, injected);
  return injected;
}
