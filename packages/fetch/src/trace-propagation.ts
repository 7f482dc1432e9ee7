import { isObject, traceHeaders } from "@intercom-telemetry/core/record";
import type { Context } from "@opentelemetry/api";
import type { FetchArguments, FetchRequest } from "./outgoing-request.ts";

const isPlain = (value: unknown): boolean =>
  value === undefined || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype);

/**
 * The same arguments with the trace context in their headers. What the caller has set is left as it is, and the
 * caller's objects are not touched.
 */
export function withTraceContext(
  { args, headers: given, header }: FetchRequest,
  context: Context,
): FetchArguments {
  const [input, init] = args;
  const missing = Object.entries(traceHeaders(context)).filter(([name]) => header(name) === undefined);
  // An init with getters, such as a Request in its place, cannot be copied.
  if (missing.length === 0 || !isPlain(init)) return args;
  const headers = new Headers(given as RequestInit["headers"]);
  for (const [name, value] of missing) headers.set(name, value);
  return [input, { ...init, headers }];
}
