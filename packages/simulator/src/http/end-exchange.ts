import { type ExpectedError, errorOfStatus, isRetryable } from "../expected-errors.ts";
import { type RateHeaderValues, wholeNumber } from "../faults/rate-header-faults.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { Breakage } from "../ledger/ledger-entry.ts";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { CORRELATION_HEADER, headerOf, PROCESS_HEADER } from "./own-headers.ts";

/** How an exchange ended. */
export interface Ending {
  /** Set when the head of an answer was sent. */
  readonly answer?: Answer;
  readonly rates?: RateHeaderValues | undefined;
  readonly bytesSent?: number;
  readonly broken?: Breakage | undefined;
  /** What the breakage means to the client; such failures are all retryable. */
  readonly transportCode?: string | undefined;
}

/** To HEAD only the status speaks: the code is in the body that it does not get. */
function visibleError({ method }: Exchange, { status, error }: Answer): ExpectedError | undefined {
  return method === "HEAD" ? errorOfStatus(status) : error;
}

function meaning(exchange: Exchange, { answer, transportCode }: Ending) {
  if (transportCode !== undefined) return { errorCode: transportCode, retryable: true };
  const error = answer && visibleError(exchange, answer);
  if (!error) return {};
  const { code, retryable = isRetryable(exchange.method, exchange.route, code) } = error;
  return { errorCode: code, retryable };
}

function sentHeaders(exchange: Exchange, { answer, rates }: Ending) {
  if (!answer) return {};
  const [limit, remaining, resetEpochSeconds] = (rates ?? []).map(wholeNumber);
  return {
    status: answer.status,
    ...(answer.fromGateway ? {} : { requestId: exchange.requestId }),
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetEpochSeconds === undefined ? {} : { resetEpochSeconds }),
  };
}

function requestFacts({ app, request }: Exchange) {
  const correlation = headerOf(request, CORRELATION_HEADER);
  const process = headerOf(request, PROCESS_HEADER);
  const traceparent = headerOf(request, "traceparent");
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
    route: exchange.route,
    ...sentHeaders(exchange, ending),
    ...meaning(exchange, ending),
    bytesSent: ending.bytesSent ?? 0,
    ...(ending.broken ? { broken: ending.broken } : {}),
    startedEpochSeconds: exchange.startedEpochSeconds,
    durationSeconds: (performance.now() - exchange.startedMilliseconds) / 1000,
    ...requestFacts(exchange),
  });
}
