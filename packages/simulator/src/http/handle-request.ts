import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiSurroundings, answerNormally } from "../api/answer-normally.ts";
import { scriptedAnswer } from "../faults/answers.ts";
import { type AnsweredDelivery, deliverBadly } from "../faults/deliveries.ts";
import { rateHeaderValues } from "../faults/rate-header-faults.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { AppsByToken } from "../running-app.ts";
import type { AnswerAction } from "../script/answer-action.ts";
import type { FaultAction } from "../script/fault-script.ts";
import type { FaultSelector } from "../script/select-fault.ts";
import { type Answer, errorAnswer } from "./answer.ts";
import { readToken } from "./credentials.ts";
import { after, type Delivery, sendWhole } from "./delivery.ts";
import { endExchange } from "./end-exchange.ts";
import type { Exchange } from "./exchange.ts";
import { NO_BODY, readBody } from "./read-body.ts";
import type { HeadSettings } from "./response-head.ts";
import { findRoute } from "./router.ts";
import { splitTarget } from "./split-target.ts";

/** What a request meets. */
export interface Surroundings extends ApiSurroundings, HeadSettings {
  readonly apps: AppsByToken;
  readonly ledger: LedgerWriter;
  /** Replaced when the script is. */
  selectFault: FaultSelector;
  readonly nextRequestId: () => string;
  readonly nextLatencySeconds: () => number;
}

function beginExchange(request: IncomingMessage, response: ServerResponse, around: Surroundings): Exchange {
  const method = request.method ?? "GET";
  const [path, query] = splitTarget(request.url ?? "/");
  const match = findRoute(method, path);
  const token = readToken(request.headers.authorization);
  return {
    request,
    response,
    sequence: around.ledger.begin(),
    method,
    path,
    query,
    match,
    route: match?.endpoint.template ?? "unmatched",
    app: token === undefined ? undefined : around.apps.get(token),
    requestId: around.nextRequestId(),
    startedEpochSeconds: around.epochMilliseconds() / 1000,
    startedMilliseconds: performance.now(),
    body: NO_BODY,
    ended: false,
    ifClosed: { broken: "client_gone" },
  };
}

function drop({ request, response }: Exchange): void {
  const { socket } = request;
  // A TLS socket has no handle that can send a reset; its peer sees the same error when it just closes.
  if ("encrypted" in socket) response.destroy();
  else socket.resetAndDestroy();
}

/** Counts the request against the quota of a valid token; gateway answers never reach the counter. */
function count(exchange: Exchange): boolean {
  const { app } = exchange;
  if (!app || app.revoked) return false;
  const { exceeded, ...rateLimit } = app.rateWindow(exchange.startedEpochSeconds);
  exchange.rateLimit = rateLimit;
  return exceeded;
}

function answer(exchange: Exchange, action: AnswerAction | undefined, around: Surroundings): Answer {
  const scripted = action && scriptedAnswer(action, exchange);
  if (scripted?.fromGateway) return scripted;
  const exceeded = count(exchange);
  const result = scripted ?? answerNormally(exchange, exceeded, around);
  const { rateLimit } = exchange;
  if (result.remaining && rateLimit) {
    exchange.rateLimit = { ...rateLimit, remaining: result.remaining(rateLimit.remaining, rateLimit.limit) };
  }
  return result;
}

const DELIVERED: ReadonlySet<string> = new Set<AnsweredDelivery["kind"]>([
  "cut_body",
  "slow_headers",
  "slow_body",
  "gzip",
  "corrupt_gzip",
  "rate_headers",
]);

const isDelivered = (action: FaultAction): action is AnsweredDelivery => DELIVERED.has(action.kind);

function perform(exchange: Exchange, action: FaultAction | undefined, around: Surroundings): void {
  if (action?.kind === "hang") {
    exchange.ifClosed = { broken: "hang", transportCode: "timeout" };
    return;
  }
  if (action?.kind === "reset") {
    endExchange(exchange, around.ledger, { broken: "reset", transportCode: "connection_reset" });
    drop(exchange);
    return;
  }
  const delivered = action && isDelivered(action) ? action : undefined;
  const scripted = delivered ? delivered.answer : (action as AnswerAction | undefined);
  const result = answer(exchange, scripted, around);
  const { rateLimit } = exchange;
  const rates = rateLimit && !result.fromGateway ? rateHeaderValues(rateLimit) : undefined;
  const delivery: Delivery = { exchange, answer: result, rates, settings: around, ledger: around.ledger };
  if (delivered) deliverBadly(delivery, delivered);
  else sendWhole(delivery);
}

/** The simulator's own failure is an answer too: the server must outlive whatever is sent to it. */
function performSafely(exchange: Exchange, action: FaultAction | undefined, around: Surroundings): void {
  try {
    perform(exchange, action, around);
  } catch (error) {
    if (exchange.response.headersSent || exchange.ended) {
      exchange.response.destroy();
      return;
    }
    const failure = errorAnswer(
      exchange.requestId,
      500,
      "server_error",
      `The simulator failed: ${String(error)}`,
    );
    sendWhole({ exchange, answer: failure, rates: undefined, settings: around, ledger: around.ledger });
  }
}

/** Answers one request, as scripted or as Intercom would, and writes it into the ledger. */
export function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  around: Surroundings,
): void {
  const exchange = beginExchange(request, response, around);
  response.on("close", () => endExchange(exchange, around.ledger, exchange.ifClosed));
  response.on("error", () => response.destroy());
  readBody(request, (body) => {
    exchange.body = body;
    const { method, route, path, app } = exchange;
    const action = around.selectFault({ method, route, path, ...(app ? { app: app.settings.name } : {}) });
    const latencySeconds = around.nextLatencySeconds();
    if (latencySeconds === 0) performSafely(exchange, action, around);
    else after(exchange, latencySeconds, () => performSafely(exchange, action, around));
  });
}
