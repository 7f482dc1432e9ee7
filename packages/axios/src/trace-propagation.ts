import type { Context } from "@opentelemetry/api";
import { propagation } from "@opentelemetry/api";
import type { RequestConfig } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";
import { readHeader } from "./headers.ts";

/** Headers that one send was given by us, and that its resend may replace. */
export type InjectedHeaders = Readonly<Record<string, string>>;

/**
 * Writes the trace context into the request's headers. What the caller has set is left as it is.
 *
 * @returns what was written.
 */
export function injectTraceContext(
  config: RequestConfig,
  context: Context | undefined,
  earlier: InjectedHeaders,
): InjectedHeaders {
  const { headers } = config;
  if (!context || !isObject(headers)) return {};
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  const free = Object.entries(carrier).filter(([name]) => {
    const present = readHeader(headers, name.toLowerCase());
    return present === undefined || present === earlier[name];
  });
  const injected = Object.fromEntries(free);
  Object.assign(headers, injected);
  return injected;
}
