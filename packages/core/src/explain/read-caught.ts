import { toFailureCode } from "../classify/failure-code.ts";
import { toTransportCode } from "../classify/transport-code.ts";
import { isObject } from "../is-object.ts";
import { headerReader } from "../read-header.ts";
import type { CaughtFailure } from "./caught-failure.ts";
import { readSdkFailure } from "./sdk-error.ts";

type Fields = Record<PropertyKey, unknown>;

/** How a request ended for which the official SDK has no response. */
function readSdkCaught(error: Fields): CaughtFailure | undefined {
  const failure = readSdkFailure(error);
  if (!failure) return undefined;
  const failureCode = failure.kind === "unknown" ? toFailureCode(error) : failure.kind;
  // Of what went wrong without a code, nothing is known but that the SDK could not make the request.
  return {
    ending: { failureCode: failureCode === "invalid_request" ? "network_error" : failureCode },
    operation: failure.operation,
  };
}

/** Versions 2.9 to 5 keep the headers on the error, 6 and 7 inside `rawResponse`. */
function readSdkResponse(error: Fields): CaughtFailure | undefined {
  const raw = isObject(error.rawResponse) ? error.rawResponse : undefined;
  const status = typeof error.statusCode === "number" ? error.statusCode : raw?.status;
  if (typeof status !== "number") return undefined;
  return { ending: { status, headers: headerReader(error.headers ?? raw?.headers), body: error.body } };
}

/** A response, of axios or of fetch, is told from a body by its status. */
function readResponse(value: Fields, body: unknown): CaughtFailure {
  const status = typeof value.status === "number" ? value.status : undefined;
  return { ending: { status, headers: headerReader(value.headers), body } };
}

/**
 * Whether an exception can come from a request: the words or the code of a network failure, an abort, a timeout, or
 * the mark of a library that makes requests. Other exceptions have codes too: those of Node for a wrong argument, those
 * of a database.
 */
function isFromRequest(error: Fields): boolean {
  if (error.isAxiosError === true || error.message === "fetch failed") return true;
  const code = toFailureCode(error);
  if (code === "network_error" || code.startsWith("UND_ERR_")) return true;
  const transportCode = toTransportCode(code);
  return transportCode !== "network_error" && transportCode !== "invalid_request";
}

/**
 * Finds the facts in whatever a caller has caught or was given. That is an error of `intercom-client` 3 to 7, an error of ky or
 * ofetch with its response, an exception of the network, a response, or the body alone.
 *
 * @returns `undefined` for an exception that comes from no request.
 */
export function readCaught(caught: unknown): CaughtFailure | undefined {
  if (!isObject(caught)) return { ending: { status: undefined, body: caught } };
  const fromSdk = readSdkCaught(caught) ?? readSdkResponse(caught);
  if (fromSdk) return fromSdk;
  if (caught instanceof Error) {
    // ofetch keeps the body on the error.
    const { response, data } = caught as Error & Fields;
    if (isObject(response)) return readResponse(response, response.data ?? data);
    return isFromRequest(caught) ? { ending: { failureCode: toFailureCode(caught) } } : undefined;
  }
  // axios before 0.27 cancels with an object that is not an `Error`.
  if (caught.__CANCEL__ === true) return { ending: { failureCode: "canceled" } };
  if (typeof caught.status === "number") return readResponse(caught, caught.data);
  return { ending: { status: undefined, body: caught } };
}
