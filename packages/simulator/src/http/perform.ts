import { errorOfOther } from "../expected-errors.ts";
import { scriptedAnswer } from "../faults/answers.ts";
import { deliverBadly, isDelivery } from "../faults/deliveries.ts";
import { rateHeaderValues } from "../faults/rate-header-faults.ts";
import type { AnswerAction } from "../script/answer-action.ts";
import type { PerformedAction } from "../script/fault-script.ts";
import { type Answer, serializeBody } from "./answer.ts";
import { type Delivery, sendWhole } from "./delivery.ts";
import { endExchange } from "./end-exchange.ts";
import type { Exchange } from "./exchange.ts";
import { headerOf, PROCESS_HEADER } from "./own-headers.ts";
import type { Surroundings } from "./surroundings.ts";

function drop({ request, response }: Exchange): void {
  const { socket } = request;
  // A TLS socket has no handle that can send a reset; its peer sees the same error when it just closes.
  if ("encrypted" in socket) response.destroy();
  else socket.resetAndDestroy();
}

/** Counts the request against the quota of a valid token. */
function count(exchange: Exchange): boolean {
  const { app } = exchange;
  if (!app || app.revoked) return false;
  const { exceeded, index, ...rateLimit } = app.rateWindow(exchange.startedEpochSeconds);
  app.quotaWindows.count(index, exceeded, headerOf(exchange.request, PROCESS_HEADER));
  exchange.rateLimit = rateLimit;
  return exceeded;
}

/** Nothing of Intercom's is in what another host responds, and its failures say nothing of Intercom. */
const fromStorage = (response: Answer): Answer => ({
  ...response,
  fromGateway: true,
  error: errorOfOther(response.status),
});

/** A scripted answer stands whatever token and quota say; one from a gateway does not even count. */
function answer(exchange: Exchange, action: AnswerAction | undefined, around: Surroundings): Answer {
  const scripted = action && scriptedAnswer(action, exchange, around.storageOrigin());
  if (around.host === "storage") return fromStorage(scripted ?? around.respond(exchange, false));
  if (scripted?.fromGateway) return scripted;
  const exceeded = count(exchange);
  const result = scripted ?? around.respond(exchange, exceeded);
  const { rateLimit } = exchange;
  if (result.remaining && rateLimit) {
    exchange.rateLimit = { ...rateLimit, remaining: result.remaining(rateLimit.remaining) };
  }
  return result;
}

function prepare(exchange: Exchange, action: AnswerAction | undefined, around: Surroundings): Delivery {
  const result = serializeBody(answer(exchange, action, around));
  const { rateLimit } = exchange;
  const rates = rateLimit && !result.fromGateway ? rateHeaderValues(rateLimit) : undefined;
  return { exchange, answer: result, rates, settings: around, ledger: around.ledger };
}

/** Does with a request what the script says; without an action, what Intercom would do. */
export function perform(exchange: Exchange, action: PerformedAction | undefined, around: Surroundings): void {
  if (action?.kind === "hang") {
    exchange.ifClosed = { broken: "hang", transportCode: "timeout" };
  } else if (action?.kind === "reset") {
    endExchange(exchange, around.ledger, { broken: "reset", transportCode: "connection_reset" });
    drop(exchange);
  } else if (action && isDelivery(action)) {
    deliverBadly(prepare(exchange, action.answer, around), action);
  } else {
    sendWhole(prepare(exchange, action, around));
  }
}
