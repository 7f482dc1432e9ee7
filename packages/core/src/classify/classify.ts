import { OTHER_ERROR_CODE } from "../contract/index.ts";
import type { ErrorDescription } from "../facts/index.ts";
import { describeStatus, lookupError, routeException } from "../facts/index.ts";
import type { Exchange } from "./exchange.ts";
import { readHttpDate } from "./http-date.ts";
import type { Operation } from "./operation.ts";
import type { Outcome, OutcomeError } from "./outcome.ts";
import { readRateLimit } from "./rate-limit-headers.ts";
import { isJobLimit } from "./rate-limit-kind.ts";
import { readErrorBody, readHiddenErrorList } from "./read-body.ts";
import { readErrorCode } from "./read-error-code.ts";
import { readRequestId } from "./request-id.ts";
import { toTransportCode } from "./transport-code.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const unknownError: ErrorDescription = {
  code: OTHER_ERROR_CODE,
  category: "unknown",
  retryable: false,
  retryMode: "none",
  statuses: [],
  cause: "",
  action: "",
};

function toError(entry: ErrorDescription, rawCode: string, entries: number): OutcomeError {
  const { code, category, retryable, retryMode } = entry;
  return { code, rawCode, category, retryable, retryMode, entries };
}

/** A code that nobody has documented is judged by its status and shares one label with all others. */
function judgeUnlisted(rawCode: string, status: number, entries: number): OutcomeError {
  const byStatus = describeStatus(status) ?? unknownError;
  return toError({ ...byStatus, code: OTHER_ERROR_CODE }, rawCode, entries);
}

function judgeAnswer(status: number, body: JsonObject | undefined): OutcomeError {
  const said = body ? readErrorCode(body) : undefined;
  const entries = said?.entries ?? 0;
  if (said?.code !== undefined) {
    const entry = lookupError(said.code);
    return entry && entry.category !== "transport" && entry.category !== "canceled"
      ? toError(entry, said.code, entries)
      : judgeUnlisted(said.code, status, entries);
  }
  const entry = describeStatus(status) ?? unknownError;
  const error = toError(entry, entry.code, entries);
  return said?.byField && status < 500 ? { ...error, category: "validation" } : error;
}

function onRoute(error: OutcomeError, route: Operation, body: JsonObject | undefined): OutcomeError {
  if (error.code === "rate_limit_exceeded" && isJobLimit(route.template, body)) {
    return { ...error, retryMode: "wait_for_condition" };
  }
  const exception = routeException(route.method, route.template, error.code);
  if (!exception) return error;
  return { ...error, retryable: exception.retryable, retryMode: exception.retryable ? "backoff" : "none" };
}

type Judgement = Pick<Outcome, "error" | "requestId" | "rateLimit" | "date">;

function judgeResponse(exchange: Exchange, status: number, route: Operation): Judgement {
  const failed = status >= 400;
  const body = failed ? readErrorBody(exchange.body) : readHiddenErrorList(exchange.body);
  const header = exchange.headers;
  const rateLimit = header && readRateLimit(header);
  return {
    error: failed || body ? onRoute(judgeAnswer(status, body), route, body) : undefined,
    requestId: readRequestId(body?.request_id) ?? readRequestId(header?.("x-request-id")),
    rateLimit,
    date: rateLimit && readHttpDate(header?.("date")),
  };
}

function judgeFailure(code: string): Judgement {
  const transportCode = toTransportCode(code);
  return { error: toError(lookupError(transportCode) ?? unknownError, transportCode, 0) };
}

/** HTTP's statuses have three digits; a transport that gives another number has no answer of HTTP's. */
function readStatus({ status }: Exchange): number | undefined {
  if (status === undefined || !Number.isInteger(status)) return undefined;
  return status >= 100 && status <= 999 ? status : undefined;
}

function judge(exchange: Exchange, status: number | undefined, route: Operation): Judgement {
  if (status === undefined) return judgeFailure(exchange.failure?.code ?? "network_error");
  try {
    return judgeResponse(exchange, status, route);
  } catch {
    // A body or header object that throws when it is read: the status is still a fact.
    const entry = describeStatus(status);
    return { error: entry && toError(entry, entry.code, 0) };
  }
}

/**
 * Judges one exchange. Pure and total: whatever came over the network, it returns and does not throw; its work is
 * bounded whatever the size of the body.
 *
 * @param route the description of the same request, as made when it left.
 */
export function classify(exchange: Exchange, route: Operation): Outcome {
  const status = readStatus(exchange);
  const { error, requestId, rateLimit, date } = judge(exchange, status, route);
  return {
    client: exchange.client,
    method: route.method,
    endpoint: route.template,
    status,
    error,
    canceled: error?.category === "canceled",
    requestId,
    rateLimit,
    date,
    apiVersion: exchange.apiVersion,
    retryCount: exchange.attempt > 1 ? exchange.attempt - 1 : 0,
    durationSeconds: exchange.durationSeconds,
  };
}
