import type { TransportCode } from "@intercom-telemetry/core";
import type { RequestConfig } from "./axios-types.ts";
import { isObject } from "./is-object.ts";

/** Axios's and follow-redirects' own codes that always mean the same. */
const BY_AXIOS_CODE: Readonly<Record<string, TransportCode>> = {
  ECONNABORTED: "timeout",
  ERR_REQUEST_ABORTED: "response_incomplete",
  ERR_FR_TOO_MANY_REDIRECTS: "too_many_redirects",
  ERR_FR_MAX_BODY_LENGTH_EXCEEDED: "request_too_large",
  ERR_INVALID_URL: "invalid_request",
  ERR_BAD_OPTION: "invalid_request",
  ERR_BAD_OPTION_VALUE: "invalid_request",
  ERR_NOT_SUPPORT: "invalid_request",
};

const DEEPEST_CAUSE = 4;

function textOf(error: Record<PropertyKey, unknown>, key: "code" | "name" | "message"): string {
  const value = error[key];
  return typeof value === "string" ? value : "";
}

/** By brand, since the error may come from another copy of axios, and from before `ERR_CANCELED` existed. */
function isCancel(error: Record<PropertyKey, unknown>): boolean {
  return error.__CANCEL__ === true || error.code === "ERR_CANCELED" || error.name === "AbortError";
}

/** `AbortSignal.timeout` ends a request as a cancellation, but nobody canceled: time ran out. */
function ranOutOfTime({ signal }: RequestConfig): boolean {
  return isObject(signal) && isObject(signal.reason) && signal.reason.name === "TimeoutError";
}

/** Axios 1.0 to 1.6 says of a body that was cut off that it exceeds the limit, also where there is none (-1). */
const isOverLimit = (message: string): boolean =>
  message.startsWith("maxContentLength") && !message.includes("size of -1 ");

/** Axios and undici give one code, or none, to several failures; their fixed wording tells them apart. */
function byWording(code: string, message: string): TransportCode | undefined {
  if (code === "ERR_BAD_RESPONSE") return isOverLimit(message) ? "response_too_large" : "response_incomplete";
  if (code === "ERR_BAD_REQUEST") {
    return message.includes("maxBodyLength") ? "request_too_large" : "invalid_request";
  }
  if (message === "redirect count exceeded") return "too_many_redirects";
  return message.startsWith("maxContentLength") ? "response_too_large" : undefined;
}

/** A body that did not come to its end: a decoder or a timer may have said why, else the connection was lost. */
function codeOfBrokenBody(cause: unknown, depth: number): string {
  const code = codeOf(cause, depth);
  return code === undefined || code === "UND_ERR_SOCKET" || code === "ECONNRESET"
    ? "response_incomplete"
    : code;
}

function codeOf(error: unknown, depth: number): string | undefined {
  if (!isObject(error) || depth > DEEPEST_CAUSE) return undefined;
  const code = textOf(error, "code");
  const message = textOf(error, "message");
  if (message === "terminated" || message === "aborted") return codeOfBrokenBody(error.cause, depth + 1);
  const known = Object.hasOwn(BY_AXIOS_CODE, code) ? BY_AXIOS_CODE[code] : undefined;
  const found = known ?? byWording(code, message);
  if (found !== undefined) return found;
  if (error.name === "TimeoutError") return "timeout";
  const specific = code !== "" && code !== "ERR_NETWORK" && code !== "ERR_FR_REDIRECTION_FAILURE";
  if (!specific) return codeOf(error.cause, depth + 1);
  // A socket file that is not there; ENOENT otherwise is a file that was to be uploaded.
  return error.syscall === "connect" && code === "ENOENT" ? "connection_refused" : code;
}

/** What transports say, without a code, when the network failed: axios in browsers and mocks, fetch by its engine. */
const NETWORK_MESSAGES: ReadonlySet<string> = new Set([
  "Network Error",
  "fetch failed",
  "Failed to fetch",
  "Load failed",
]);

/**
 * An exception without any code was thrown by the program: a hook such as `lookup` or `beforeRedirect`, an agent, or a
 * value that axios could not turn into a request. Failures of the network have codes.
 */
function isProgramError(error: unknown): boolean {
  if (!isObject(error)) return false;
  // What a redirect hook throws, wrapped by follow-redirects and by axios.
  if (error.code === "ERR_FR_REDIRECTION_FAILURE") return isProgramError(error.cause);
  if (error.code !== undefined || error.__CANCEL__ === true) return false;
  return error instanceof Error && !NETWORK_MESSAGES.has(error.message);
}

/** The HTTP adapter reports a body that its time limit cut off as any other body that was. */
function isCutByTimeout({ timeout }: RequestConfig, elapsedMilliseconds: number): boolean {
  return typeof timeout === "number" && timeout > 0 && elapsedMilliseconds >= timeout;
}

/**
 * The code of a failure for the classifier: a transport code where axios has its own way of saying it, else the code of
 * Node's error. The message is looked at and never passed on.
 */
export function toFailureCode(error: unknown, config: RequestConfig, elapsedMilliseconds = 0): string {
  if (isObject(error) && isCancel(error)) return ranOutOfTime(config) ? "timeout" : "canceled";
  const code = codeOf(error, 0);
  if (code === "response_incomplete" && isCutByTimeout(config, elapsedMilliseconds)) return "timeout";
  if (code !== undefined) return code;
  return isProgramError(error) ? "invalid_request" : "network_error";
}
