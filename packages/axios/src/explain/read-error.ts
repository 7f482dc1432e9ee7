import type { FailedAnswer } from "@intercom-telemetry/core";
import { isObject } from "../axios-types.ts";
import { toFailureCode } from "../failure-code.ts";
import { headerReader } from "../headers.ts";
import { endOfError } from "../request-end.ts";
import { routeOfConfig } from "./route-of-config.ts";

type Parts = Record<PropertyKey, unknown>;

/** What intercom-client 6 and 7 report instead of a status when the caller ended the request. */
const CANCELED_STATUS = 499;

function readAxiosError(error: Parts): FailedAnswer {
  const config = isObject(error.config) ? error.config : {};
  return { ...endOfError(error, config), route: routeOfConfig(config) };
}

/** Versions 6 and 7 say it by a class whose `name` is "Error", or by the reason with which they abort, as JSON. */
function isSdkTimeout(error: Parts): boolean {
  const isTimeoutClass = isObject(error.constructor) && error.constructor.name === "IntercomTimeoutError";
  return isTimeoutClass || error.message === '"timeout"';
}

function readException(error: Parts): FailedAnswer {
  return { failure: { code: isSdkTimeout(error) ? "timeout" : toFailureCode(error, {}) } };
}

/** Versions 2.9 to 5 keep the headers on the error, 6 and 7 inside `rawResponse`. */
function readSdkError(error: Parts, rawResponse: Parts | undefined): FailedAnswer {
  const headers = headerReader(error.headers ?? rawResponse?.headers);
  if (typeof error.statusCode === "number") return { status: error.statusCode, headers, body: error.body };
  const status = rawResponse?.status;
  if (status === CANCELED_STATUS) return { failure: { code: "canceled" } };
  if (typeof status === "number" && status >= 400) return { status, headers, body: error.body };
  return readException(error);
}

/** A response, of axios or of fetch, is told from a body by its status. */
function readResponse(value: Parts): FailedAnswer {
  const status = typeof value.status === "number" ? value.status : undefined;
  return { status, headers: headerReader(value.headers), body: value.data };
}

/**
 * Finds the facts in whatever a caller has caught: an error of axios, an error of `intercom-client` 3 to 7, another
 * exception, a response, or the body alone.
 */
export function readError(error: unknown): FailedAnswer {
  if (!isObject(error)) return { body: error };
  if (isObject(error.response) || error.isAxiosError === true) return readAxiosError(error);
  const rawResponse = isObject(error.rawResponse) ? error.rawResponse : undefined;
  if (typeof error.statusCode === "number" || rawResponse) return readSdkError(error, rawResponse);
  if (error instanceof Error) return readException(error as Error & Parts);
  // axios before 0.27 cancels with an object that is no Error.
  if (error.__CANCEL__ === true) return { failure: { code: "canceled" } };
  if (typeof error.status === "number") return readResponse(error);
  return { body: error };
}
