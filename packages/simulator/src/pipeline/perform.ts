import { errorOfOther } from "../expected-errors.ts";
import { deliverBadly, isDelivery } from "../faults/deliveries.ts";
import { scriptedResponse } from "../faults/scripted-responses.ts";
import type { PerformedAction } from "../script/fault-script.ts";
import type { ResponseAction } from "../script/response-action.ts";
import { type Delivery, sendWhole } from "../wire/delivery.ts";
import type { Exchange } from "../wire/exchange.ts";
import { endExchange } from "../wire/exchange.ts";
import { rateHeaderValues } from "../wire/rate-headers.ts";
import { headerOf, PROCESS_HEADER } from "../wire/request-facts.ts";
import { type SimulatedResponse, serializeBody } from "../wire/response.ts";
import type { SimulatorContext } from "./context.ts";

function drop({ incoming, outgoing }: Exchange): void {
  const { socket } = incoming;
  // A TLS socket has no handle that can send a reset; its peer sees the same error when it just closes.
  if ("encrypted" in socket) outgoing.destroy();
  else socket.resetAndDestroy();
}

/** Counts the request against the quota of a valid token. */
function count(exchange: Exchange): boolean {
  const { app } = exchange;
  if (!app || app.revoked) return false;
  const { exceeded, index, ...rateLimit } = app.rateWindow(exchange.startedEpochSeconds);
  app.quotaWindows.count(index, exceeded, headerOf(exchange.incoming, PROCESS_HEADER));
  exchange.rateLimit = rateLimit;
  return exceeded;
}

/** Nothing of Intercom's is in what another host responds, and its failures say nothing of Intercom. */
const fromStorage = (response: SimulatedResponse): SimulatedResponse => ({
  ...response,
  fromGateway: true,
  error: errorOfOther(response.status),
});

/** A scripted response stands whatever token and quota say; one from a gateway does not even count. */
function respond(
  exchange: Exchange,
  action: ResponseAction | undefined,
  context: SimulatorContext,
): SimulatedResponse {
  const scripted = action && scriptedResponse(action, exchange, context.storageOrigin());
  if (context.host === "storage") return fromStorage(scripted ?? context.respond(exchange, false));
  if (scripted?.fromGateway) return scripted;
  const exceeded = count(exchange);
  const result = scripted ?? context.respond(exchange, exceeded);
  const { rateLimit } = exchange;
  if (result.remaining && rateLimit) {
    exchange.rateLimit = { ...rateLimit, remaining: result.remaining(rateLimit.remaining) };
  }
  return result;
}

function prepare(
  exchange: Exchange,
  action: ResponseAction | undefined,
  context: SimulatorContext,
): Delivery {
  const result = serializeBody(respond(exchange, action, context));
  const { rateLimit } = exchange;
  const rates = rateLimit && !result.fromGateway ? rateHeaderValues(rateLimit) : undefined;
  return { exchange, response: result, rates, settings: context, ledger: context.ledger };
}

/** Does with a request what the script says; without an action, what Intercom would do. */
export function perform(
  exchange: Exchange,
  action: PerformedAction | undefined,
  context: SimulatorContext,
): void {
  if (action?.kind === "hang") {
    exchange.ifClosed = { broken: "hang", transportCode: "timeout" };
  } else if (action?.kind === "reset") {
    endExchange(exchange, context.ledger, { broken: "reset", transportCode: "connection_reset" });
    drop(exchange);
  } else if (action && isDelivery(action)) {
    deliverBadly(prepare(exchange, action.response, context), action);
  } else {
    sendWhole(prepare(exchange, action, context));
  }
}
