import type { Ending, Operation } from "@intercom-telemetry/core";
import { headerReader, toFailureCode } from "@intercom-telemetry/core/record";
import { endingOfError, isParsingError } from "../ending.ts";
import { isObject } from "../is-object.ts";
import { operationOfConfig } from "../operation-of-config.ts";

type Parts = Record<PropertyKey, unknown>;

/** What was found in an error: how the request ended, and what it asked for where that is known. */
export interface FailedRequest {
  readonly ending: Ending;
  readonly operation?: Operation | undefined;
}

/** What intercom-client 6 and 7 report instead of a status when the caller ended the request. */
const CANCELED_STATUS = 499;

function readAxiosError(error: Parts): FailedRequest {
  const config = isObject(error.config) ? error.config : {};
  if (isParsingError(error) && !isObject(error.response)) return { ending: { status: 200 } };
  const ending = endingOfError(error, config, () => false);
  return { ending, operation: operationOfConfig(config) };
}

/** Versions 6 and 7 say it by a class whose `name` is "Error", or by the reason with which they abort, as JSON. */
function isSdkTimeout(error: Parts): boolean {
  const isTimeoutClass = isObject(error.constructor) && error.constructor.name === "IntercomTimeoutError";
  return isTimeoutClass || error.message === '"timeout"';
}

function readFailure(error: Parts): FailedRequest {
  return { ending: { failureCode: isSdkTimeout(error) ? "timeout" : toFailureCode(error) } };
}

/** Versions 2.9 to 5 keep the headers on the error, 6 and 7 inside `rawResponse`. */
function readSdkError(error: Parts, rawResponse: Parts | undefined): FailedRequest {
  const headers = headerReader(error.headers ?? rawResponse?.headers);
  const { body } = error;
  if (typeof error.statusCode === "number") return { ending: { status: error.statusCode, headers, body } };
  const status = rawResponse?.status;
  if (status === CANCELED_STATUS) return { ending: { failureCode: "canceled" } };
  if (typeof status === "number" && status >= 400) return { ending: { status, headers, body } };
  return readFailure(error);
}

/** A response, of axios or of fetch, is told from a body by its status. */
function readResponse(value: Parts): FailedRequest {
  const status = typeof value.status === "number" ? value.status : undefined;
  return { ending: { status, headers: headerReader(value.headers), body: value.data } };
}

/**
 * Whether an exception can come from a request: it carries a code of the network, an abort, a time-out, or fetch's way
 * of saying that it failed. An exception of the program carries none of these.
 */
function isFromRequest(error: Parts): boolean {
  if (typeof error.code === "string" && error.code !== "ERR_ASSERTION") return true;
  if (error.name === "AbortError" || error.name === "TimeoutError" || error.__CANCEL__ === true) return true;
  if (isSdkTimeout(error)) return true;
  return isObject(error.cause) && typeof error.cause.code === "string";
}

/**
 * Finds the facts in whatever a caller has caught: an error of axios, an error of `intercom-client` 3 to 7, an
 * exception of the network, a response, or the body alone.
 *
 * @returns `undefined` for an exception that comes from no request.
 */
export function readError(error: unknown): FailedRequest | undefined {
  if (!isObject(error)) return { ending: { status: undefined, body: error } };
  if (isObject(error.response) || error.isAxiosError === true) return readAxiosError(error);
  const rawResponse = isObject(error.rawResponse) ? error.rawResponse : undefined;
  if (typeof error.statusCode === "number" || rawResponse) return readSdkError(error, rawResponse);
  if (error instanceof Error) {
    return isFromRequest(error as Error & Parts) ? readFailure(error as Error & Parts) : undefined;
  }
  // axios before 0.27 cancels with an object that is no Error.
  if (error.__CANCEL__ === true) return { ending: { failureCode: "canceled" } };
  if (typeof error.status === "number") return readResponse(error);
  return { ending: { status: undefined, body: error } };
}
