import type { RequestEnd } from "@intercom-telemetry/core";
import type { RequestConfig, ResponseLike } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";
import { toFailureCode } from "./failure-code.ts";
import { headerReader } from "./headers.ts";

/** HTTP's statuses have three digits; anything else comes from an adapter that speaks of something else. */
const isStatus = (value: unknown): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 999;

const isResponse = (value: unknown): value is ResponseLike & { status: number } =>
  isObject(value) && isStatus(value.status);

/** axios-cache-interceptor marks what it answers itself: no request was made. */
export function isCached(response: unknown): boolean {
  return isObject(response) && response.cached === true;
}

/** How a request ended that the adapter resolved. Anything that is no response has no facts to give. */
export function endOfResponse(response: unknown): RequestEnd {
  if (!isResponse(response)) return { failure: { code: "network_error" } };
  return { status: response.status, headers: headerReader(response.headers), body: response.data };
}

/** Codes of an error that only says: the caller does not take this status. */
const STATUS_CODES: ReadonlySet<unknown> = new Set([undefined, null, "ERR_BAD_REQUEST", "ERR_BAD_RESPONSE"]);

/**
 * Newer versions of axios attach the response also when its body broke off on the way. Such a response never got its
 * data, and the error says what broke.
 */
function brokeOff(error: Record<PropertyKey, unknown>, response: ResponseLike): boolean {
  if (response.data !== undefined) return false;
  return error.message === "stream has been aborted" || !STATUS_CODES.has(error.code);
}

/** How a request ended that the adapter rejected: with a whole response it is an answer all the same. */
export function endOfError(error: unknown, config: RequestConfig): RequestEnd {
  if (isObject(error) && isResponse(error.response) && !brokeOff(error, error.response)) {
    return endOfResponse(error.response);
  }
  return { failure: { code: toFailureCode(error, config) } };
}
