import type { IncomingMessage, ServerResponse } from "node:http";
import type { PerformedAction } from "../script/fault-script.ts";
import { errorAnswer, serializeBody } from "./answer.ts";
import { beginExchange } from "./begin-exchange.ts";
import { after, sendWhole } from "./delivery.ts";
import { endExchange } from "./end-exchange.ts";
import type { Exchange } from "./exchange.ts";
import { perform } from "./perform.ts";
import { readBody } from "./read-body.ts";
import type { Surroundings } from "./surroundings.ts";

/** The simulator's own failure is an answer too: the server must outlive whatever is sent to it. */
function performSafely(exchange: Exchange, action: PerformedAction | undefined, around: Surroundings): void {
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
    sendWhole({
      exchange,
      answer: serializeBody(failure),
      rates: undefined,
      settings: around,
      ledger: around.ledger,
    });
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
    const { host } = around;
    const action = around.selectFault({
      host,
      method,
      route,
      path,
      ...(app ? { app: app.settings.name } : {}),
    });
    const latencySeconds = around.nextLatencySeconds();
    if (latencySeconds === 0) performSafely(exchange, action, around);
    else after(exchange, latencySeconds, () => performSafely(exchange, action, around));
  });
}
