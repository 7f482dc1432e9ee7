import type { IncomingMessage, ServerResponse } from "node:http";
import type { PerformedAction } from "../script/fault-script.ts";
import { after, sendWhole } from "../wire/delivery.ts";
import type { Exchange } from "../wire/exchange.ts";
import { beginExchange, endExchange } from "../wire/exchange.ts";
import { readBody } from "../wire/read-body.ts";
import { errorResponse, serializeBody } from "../wire/response.ts";
import type { SimulatorContext } from "./context.ts";
import { perform } from "./perform.ts";

/** The simulator's own failure is a response too: the server must outlive whatever is sent to it. */
function performSafely(
  exchange: Exchange,
  action: PerformedAction | undefined,
  context: SimulatorContext,
): void {
  try {
    perform(exchange, action, context);
  } catch (error) {
    if (exchange.outgoing.headersSent || exchange.ended) {
      exchange.outgoing.destroy();
      return;
    }
    const failure = errorResponse(
      exchange.requestId,
      500,
      "server_error",
      `The simulator failed: ${String(error)}`,
    );
    sendWhole({
      exchange,
      response: serializeBody(failure),
      rates: undefined,
      settings: context,
      ledger: context.ledger,
    });
  }
}

/** Responds to one request, as scripted or as Intercom would, and writes it into the ledger. */
export function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: SimulatorContext,
): void {
  const exchange = beginExchange(request, response, context);
  response.on("close", () => endExchange(exchange, context.ledger, exchange.ifClosed));
  response.on("error", () => response.destroy());
  readBody(request, (body) => {
    exchange.body = body;
    const { method, urlTemplate, path, app } = exchange;
    const { host } = context;
    const action = context.selectFault({
      host,
      method,
      urlTemplate,
      path,
      ...(app ? { app: app.settings.name } : {}),
    });
    const latencySeconds = context.nextLatencySeconds();
    if (latencySeconds === 0) performSafely(exchange, action, context);
    else after(exchange, latencySeconds, () => performSafely(exchange, action, context));
  });
}
