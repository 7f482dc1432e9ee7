import type { IncomingMessage, ServerResponse } from "node:http";
import { type ExpectedError, errorOfStatus, isRetryable } from "../expected-errors.ts";
import { findOperation, type OperationMatch } from "../find-operation.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { Breakage } from "../ledger/ledger-entry.ts";
import type { RateLimit } from "../quota/rate-window.ts";
import type { AppsByToken, RunningApp } from "../running-app.ts";
import { type RateHeaderValues, wholeNumber } from "./rate-headers.ts";
import { NO_BODY, type RequestBody } from "./read-body.ts";
import { CORRELATION_HEADER, headerOf, PROCESS_HEADER, readToken, splitTarget } from "./request-facts.ts";
import type { SimulatedResponse } from "./response.ts";

/** How an exchange ended. */
export interface Ending {
  /** Set when the head of a response was sent. */
  readonly response?: SimulatedResponse;
  readonly rates?: RateHeaderValues | undefined;
  readonly bytesSent?: number;
  readonly broken?: Breakage | undefined;
  /** What the breakage means to the client; such failures are all retryable. */
  readonly transportCode?: string | undefined;
}

/** One request on its way through the simulator. */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly sequence: number;
  readonly method: string;
  /** Raw, without query. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  readonly match: OperationMatch | undefined;
  /** Template that is served, or `unmatched`. */
  readonly urlTemplate: string;
  /** The app whose token was sent, revoked or not. */
  readonly app: RunningApp | undefined;
  readonly requestId: string;
  readonly startedEpochSeconds: number;
  /** From a monotonic clock. */
  readonly startedMilliseconds: number;
  /** Empty until it has been read. */
  body: RequestBody;
  rateLimit?: RateLimit;
  ended: boolean;
  /** What the ledger says when the connection closes before the response is complete. */
  ifClosed: Ending;
}

/** What an exchange begins with. */
export interface ExchangeContext {
  readonly apps: AppsByToken;
  readonly ledger: LedgerWriter;
  readonly nextRequestId: () => string;
  readonly epochMilliseconds: () => number;
}

/** What is known of a request before its body: operation, app, time. From here on the ledger counts it as in flight. */
export function beginExchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: ExchangeContext,
): Exchange {
  const method = incoming.method ?? "GET";
  const [path, query] = splitTarget(incoming.url ?? "/");
  const match = findOperation(method, path);
  const token = readToken(incoming.headers.authorization);
  return {
    incoming,
    outgoing,
    sequence: context.ledger.begin(),
    method,
    path,
    query,
    match,
    urlTemplate: match?.operation.template ?? "unmatched",
    app: token === undefined ? undefined : context.apps.get(token),
    requestId: context.nextRequestId(),
    startedEpochSeconds: context.epochMilliseconds() / 1000,
    startedMilliseconds: performance.now(),
    body: NO_BODY,
    ended: false,
    ifClosed: { broken: "client_gone" },
  };
}

/** To HEAD only the status speaks: the code is in the body that it does not get. */
function visibleError({ method }: Exchange, { status, error }: SimulatedResponse): ExpectedError | undefined {
  return method === "HEAD" ? errorOfStatus(status) : error;
}

function expectedError(exchange: Exchange, { response, transportCode }: Ending) {
  if (transportCode !== undefined) return { errorCode: transportCode, retryable: true };
  const error = response && visibleError(exchange, response);
  if (!error) return {};
  const { code, retryable = isRetryable(exchange.method, exchange.urlTemplate, code) } = error;
  return { errorCode: code, retryable };
}

function sentHeaders(exchange: Exchange, { response, rates }: Ending) {
  if (!response) return {};
  const [limit, remaining, resetEpochSeconds] = (rates ?? []).map(wholeNumber);
  return {
    status: response.status,
    ...(response.fromGateway ? {} : { requestId: exchange.requestId }),
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetEpochSeconds === undefined ? {} : { resetEpochSeconds }),
  };
}

function requestFacts({ app, incoming }: Exchange) {
  const correlation = headerOf(incoming, CORRELATION_HEADER);
  const process = headerOf(incoming, PROCESS_HEADER);
  const traceparent = headerOf(incoming, "traceparent");
  return {
    ...(app ? { app: app.settings.name } : {}),
    ...(correlation === undefined ? {} : { correlation }),
    ...(process === undefined ? {} : { process }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** Writes the exchange into the ledger, the first time it is called. */
export function endExchange(exchange: Exchange, ledger: LedgerWriter, ending: Ending): void {
  if (exchange.ended) return;
  exchange.ended = true;
  ledger.end({
    sequence: exchange.sequence,
    method: exchange.method,
    path: exchange.path,
    urlTemplate: exchange.urlTemplate,
    ...sentHeaders(exchange, ending),
    ...expectedError(exchange, ending),
    bytesSent: ending.bytesSent ?? 0,
    ...(ending.broken ? { broken: ending.broken } : {}),
    startedEpochSeconds: exchange.startedEpochSeconds,
    durationSeconds: (performance.now() - exchange.startedMilliseconds) / 1000,
    ...requestFacts(exchange),
  });
}
