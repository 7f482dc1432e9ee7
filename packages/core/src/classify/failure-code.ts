import type { TransportCode } from "../facts/index.ts";
import { isObject } from "../is-object.ts";
import { codeByWording } from "./failure-wording.ts";

/** Codes of axios and follow-redirects that always mean the same, and those of Bun. */
const BY_LIBRARY_CODE: Readonly<Record<string, TransportCode>> = {
  ECONNABORTED: "timeout",
  ERR_REQUEST_ABORTED: "response_incomplete",
  ERR_FR_TOO_MANY_REDIRECTS: "too_many_redirects",
  ERR_FR_MAX_BODY_LENGTH_EXCEEDED: "request_too_large",
  ERR_INVALID_URL: "invalid_request",
  ERR_BAD_OPTION: "invalid_request",
  ERR_BAD_OPTION_VALUE: "invalid_request",
  ERR_NOT_SUPPORT: "invalid_request",
  ConnectionRefused: "connection_refused",
  FailedToOpenSocket: "connection_refused",
  ConnectionClosed: "connection_reset",
  TooManyRedirects: "too_many_redirects",
  UnexpectedRedirect: "too_many_redirects",
  Timeout: "timeout",
  ZlibError: "response_undecodable",
};

const DEEPEST_CAUSE = 4;

type Fields = Record<PropertyKey, unknown>;

function textOf(error: Fields, key: "code" | "name" | "message"): string {
  const value = error[key];
  return typeof value === "string" ? value : "";
}

/** By brand, since the error may come from another copy of axios, and from before `ERR_CANCELED` existed. */
function isCancel(error: unknown): boolean {
  if (!isObject(error)) return false;
  return error.__CANCEL__ === true || error.code === "ERR_CANCELED" || error.name === "AbortError";
}

/** The official SDK aborts its own timer with the string "timeout", the platform with a TimeoutError. */
function isTimeout(reason: unknown): boolean {
  return reason === "timeout" || (isObject(reason) && reason.name === "TimeoutError");
}

/** A body that did not come to its end: a decoder or a timer may have said why, else the connection was lost. */
function codeOfBrokenBody(cause: unknown, depth: number): string {
  const code = codeOf(cause, depth);
  const lost = code === undefined || code === "UND_ERR_SOCKET" || code === "ECONNRESET";
  return lost || code === "connection_reset" ? "response_incomplete" : code;
}

/** Node says it on the cause of fetch's error; of a host with several addresses on each attempt's error. */
function causeOf(error: Fields): unknown {
  if (isObject(error.cause)) return error.cause;
  return Array.isArray(error.errors) ? error.errors[0] : undefined;
}

function codeOf(error: unknown, depth: number): string | undefined {
  if (!isObject(error) || depth > DEEPEST_CAUSE) return undefined;
  const code = textOf(error, "code");
  const message = textOf(error, "message");
  if (message === "terminated" || message === "aborted") return codeOfBrokenBody(error.cause, depth + 1);
  const known = Object.hasOwn(BY_LIBRARY_CODE, code) ? BY_LIBRARY_CODE[code] : undefined;
  const found = known ?? codeByWording(code, message);
  if (found !== undefined) return found;
  if (error.name === "TimeoutError") return "timeout";
  const specific = code !== "" && code !== "ERR_NETWORK" && code !== "ERR_FR_REDIRECTION_FAILURE";
  if (!specific) return codeOf(causeOf(error), depth + 1);
  // A socket file that is not there; ENOENT otherwise is a file that was to be uploaded.
  return error.syscall === "connect" && code === "ENOENT" ? "connection_refused" : code;
}

/** What transports say, without a code, when the network failed: axios in browsers and mocks, fetch by its engine. */
const NETWORK_MESSAGE =
  /^(?:Network Error|fetch failed|Failed to fetch|Load failed|Network connection lost|internal error|error sending request)/;

/**
 * An exception without any code was thrown by the program: a hook such as `lookup` or `beforeRedirect`, an agent, or a
 * value that could not be turned into a request. Failures of the network have codes.
 */
function isProgramError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, __CANCEL__, cause } = error as Error & Fields;
  // What a redirect hook throws, wrapped by follow-redirects and by axios, or the stream that was to be sent by fetch.
  const isWrapper =
    code === "ERR_FR_REDIRECTION_FAILURE" || code === "ERR_NETWORK" || error.message === "fetch failed";
  if (isWrapper) return isProgramError(cause);
  // Axios 0.27 leaves its configuration where the code of a broken stream was; a DOMException has a number.
  const isNetwork =
    typeof code === "string" || NETWORK_MESSAGE.test(error.message) || error.name === "NetworkError";
  return !isNetwork && __CANCEL__ !== true;
}

/**
 * The code of a failure for the classifier: a transport code where a transport has its own way of saying it, else the
 * code of Node's error. The message is looked at and never passed on.
 *
 * @param signal the caller's, whose reason tells a time limit from a cancellation.
 */
export function toFailureCode(error: unknown, signal?: unknown): string {
  const { aborted, reason } = isObject(signal) ? signal : {};
  if (isTimeout(error)) return "timeout";
  if (aborted === true || isCancel(error)) return isTimeout(reason) ? "timeout" : "canceled";
  return codeOf(error, 0) ?? (isProgramError(error) ? "invalid_request" : "network_error");
}

/** The same for a body that broke off after its response had arrived. */
export function toBodyFailureCode(error: unknown, signal?: unknown): string {
  const code = toFailureCode(error, signal);
  if (code === "timeout" || code === "canceled") return code;
  return codeOfBrokenBody(error, 0);
}
