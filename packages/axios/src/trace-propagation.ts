import type { Context } from "@opentelemetry/api";
import { propagation } from "@opentelemetry/api";
import type { RequestConfig } from "./axios-types.ts";
import { readHeader } from "./headers.ts";
import { isObject } from "./is-object.ts";

/** Headers that an attempt was given by us, and that a retry may replace. */
export type InjectedHeaders = Readonly<Record<string, string>>;

/** The W3C trace context and nothing else: baggage carries the caller's values, which are not for Intercom. */
const PROPAGATED = ["traceparent", "tracestate"];

/** Visible ASCII and spaces: what a header may hold. A propagator of the user's may write anything. */
const HEADER_VALUE = /^[\x20-\x7e]{1,1024}$/;

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
  const carrier: Record<string, unknown> = {};
  propagation.inject(context, carrier);
  const injected: Record<string, string> = {};
  for (const name of PROPAGATED) {
    const value = carrier[name];
    if (typeof value !== "string" || !HEADER_VALUE.test(value)) continue;
    const present = readHeader(headers, name);
    if (present === undefined || present === earlier[name]) injected[name] = value;
  }
  Object.assign(headers, injected);
  return injected;
}
