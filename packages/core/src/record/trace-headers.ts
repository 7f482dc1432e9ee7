import type { Context } from "@opentelemetry/api";
import { propagation } from "@opentelemetry/api";

/** The W3C trace context and nothing else: baggage carries the caller's values, which are not for Intercom. */
const PROPAGATED = ["traceparent", "tracestate"];

/** Visible ASCII and spaces: what a header may hold. A propagator of the user's may write anything. */
const HEADER_VALUE = /^[\x20-\x7e]{1,1024}$/;

/** The headers that propagate this context, by their lower-case names; none without a propagator. */
export function traceHeaders(context: Context): Readonly<Record<string, string>> {
  const carrier: Record<string, unknown> = {};
  propagation.inject(context, carrier);
  const headers: Record<string, string> = {};
  for (const name of PROPAGATED) {
    const value = carrier[name];
    if (typeof value === "string" && HEADER_VALUE.test(value)) headers[name] = value;
  }
  return headers;
}
