import type { Context } from "@opentelemetry/api";
import { propagation } from "@opentelemetry/api";
import type { RequestConfig } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";
import { readHeader } from "./headers.ts";

/** Headers that an earlier send of the same call was given by us, and that its resend may replace. */
export type InjectedHeaders = Record<string, string>;

/** Writes the trace context into the request's headers. What the caller has set is left as it is. */
export function injectTraceContext(config: RequestConfig, context: Context, earlier: InjectedHeaders): void {
  const { headers } = config;
  if (!isObject(headers)) return;
  const carrier: InjectedHeaders = {};
  propagation.inject(context, carrier);
  for (const [name, value] of Object.entries(carrier)) {
    const present = readHeader(headers, name.toLowerCase());
    if (present !== undefined && present !== earlier[name]) continue;
    headers[name] = value;
    earlier[name] = value;
  }
}
