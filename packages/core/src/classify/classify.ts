import { NOT_INTERCOM_CODE, OTHER_ERROR_CODE } from "../contract/index.ts";
import type { ErrorKind } from "../facts/error-description.ts";
import { findErrorKind, kindOfStatus } from "../facts/error-kinds.ts";
import { isTransportCode, operationException } from "../facts/index.ts";
import { usualRetryMode } from "../facts/retry-mode.ts";
import { isJobLimit, parseHttpDate, readRateLimit, readRetryAfter } from "../rate-limit/index.ts";
import type { Ending, ReceivedResponse } from "./ending.ts";
import { readRequestId } from "./header-values.ts";
import type { Operation } from "./operation.ts";
import type { Classification, OutcomeError } from "./outcome.ts";
import { isForeignText, readErrorBody, readHiddenErrorList } from "./read-body.ts";
import type { BodyError } from "./read-error-code.ts";
import { readErrorCode } from "./read-error-code.ts";
import { toTransportCode } from "./transport-code.ts";

/** Short snake_case without digits: no token, id or address has this shape. */
const HARMLESS_CODE = /^(?=.{1,40}$)[a-z]+(?:_[a-z]+)*$/;

const unknownError: ErrorKind = {
  code: OTHER_ERROR_CODE,
  category: "unknown",
  retryable: false,
  retryMode: "none",
};

const kindOf = (status: number | undefined): ErrorKind =>
  (status === undefined ? undefined : kindOfStatus(status)) ?? unknownError;

function toError(kind: ErrorKind, rawCode: string, entries: number): OutcomeError {
  const { code, category, retryable, retryMode } = kind;
  return { code, rawCode, category, retryable, retryMode, entries };
}

/** An unlisted code is classified by its status and shares one label with all others; it is named only if harmless. */
function classifyUnlisted(sentCode: string, status: number | undefined, entries: number): OutcomeError {
  const rawCode = HARMLESS_CODE.test(sentCode) ? sentCode : OTHER_ERROR_CODE;
  return toError({ ...kindOf(status), code: OTHER_ERROR_CODE }, rawCode, entries);
}

function classifyBody(status: number | undefined, parsed: BodyError | undefined): OutcomeError {
  const entries = parsed?.entries ?? 0;
  if (parsed?.code !== undefined) {
    const kind = isTransportCode(parsed.code) ? undefined : findErrorKind(parsed.code);
    return kind ? toError(kind, parsed.code, entries) : classifyUnlisted(parsed.code, status, entries);
  }
  const kind = kindOf(status);
  const error = toError(kind, kind.code, entries);
  const isClientError = status === undefined || status < 500;
  return parsed?.byField && isClientError ? { ...error, category: "validation" } : error;
}

/** Another host, or a proxy or CDN in front of Intercom: the status is a fact, and no code of Intercom's is known. */
function classifyForeign(status: number): OutcomeError {
  const { retryable } = kindOf(status);
  return {
    code: NOT_INTERCOM_CODE,
    rawCode: NOT_INTERCOM_CODE,
    category: "intermediary",
    retryable,
    retryMode: usualRetryMode(retryable),
    entries: 0,
  };
}

function onOperation(
  error: OutcomeError,
  { method, template }: Operation,
  parsed: BodyError | undefined,
): OutcomeError {
  if (error.code === "rate_limit_exceeded" && isJobLimit(template, parsed?.first)) {
    return { ...error, retryMode: "wait_for_condition" };
  }
  const retryable = operationException(method, template, error.code)?.retryable;
  return retryable === undefined ? error : { ...error, retryable, retryMode: usualRetryMode(retryable) };
}

const nothing = (status: number | undefined, error: OutcomeError | undefined): Classification => ({
  status,
  error,
  canceled: error?.category === "canceled",
  fromOtherHost: false,
  requestId: undefined,
  rateLimit: undefined,
  retryAfter: undefined,
  serverEpochSeconds: undefined,
});

function classifyFailure(code: string): Classification {
  const transportCode = toTransportCode(code);
  return nothing(undefined, toError(findErrorKind(transportCode) ?? unknownError, transportCode, 0));
}

function classifyOwn(
  { headers, body: raw }: ReceivedResponse,
  status: number | undefined,
  operation: Operation,
): Classification {
  const failed = status === undefined || status >= 400;
  const body = failed ? readErrorBody(raw) : readHiddenErrorList(raw);
  let error: OutcomeError | undefined;
  if (failed && status !== undefined && status < 500 && body === undefined && isForeignText(raw)) {
    error = classifyForeign(status);
  } else if (failed || body) {
    const parsed = body && readErrorCode(body);
    error = onOperation(classifyBody(status, parsed), operation, parsed);
  }
  return {
    status,
    error,
    canceled: false,
    fromOtherHost: false,
    requestId: readRequestId(body?.request_id) ?? readRequestId(headers?.("x-request-id")),
    rateLimit: headers && readRateLimit(headers),
    retryAfter: error && headers && readRetryAfter(headers("retry-after")),
    serverEpochSeconds: headers && parseHttpDate(headers("date")),
  };
}

function classifyResponse(response: ReceivedResponse, operation: Operation): Classification {
  const { status } = response;
  // HTTP's statuses have three digits; a transport that gives another number did not receive an HTTP response.
  const sane = status === undefined || (Number.isInteger(status) && status >= 100 && status <= 999);
  if (!sane) return classifyFailure("network_error");
  if (response.fromOtherHost && status !== undefined) {
    return { ...nothing(status, status >= 400 ? classifyForeign(status) : undefined), fromOtherHost: true };
  }
  try {
    return classifyOwn(response, status, operation);
  } catch {
    // A body or header object that throws when it is read: the status is still a fact.
    const kind = status === undefined ? unknownError : kindOfStatus(status);
    return nothing(status, kind && toError(kind, kind.code, 0));
  }
}

/**
 * Classifies the ending of one attempt. Pure and total: whatever came over the network, it returns and does not throw;
 * its work is bounded whatever the size of the body.
 *
 * @param operation where the request went.
 */
export function classify(ending: Ending, operation: Operation): Classification {
  return ending.failureCode === undefined
    ? classifyResponse(ending, operation)
    : classifyFailure(ending.failureCode);
}
