import type { IncomingMessage, ServerResponse } from "node:http";
import { readToken } from "./credentials.ts";
import type { Exchange } from "./exchange.ts";
import { NO_BODY } from "./read-body.ts";
import { findRoute } from "./router.ts";
import { splitTarget } from "./split-target.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is known of a request before its body: route, app, time. From here on the ledger counts it as in flight. */
export function beginExchange(
  request: IncomingMessage,
  response: ServerResponse,
  around: Surroundings,
): Exchange {
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
    route: match?.operation.template ?? "unmatched",
    app: token === undefined ? undefined : around.apps.get(token),
    requestId: around.nextRequestId(),
    startedEpochSeconds: around.epochMilliseconds() / 1000,
    startedMilliseconds: performance.now(),
    body: NO_BODY,
    ended: false,
    ifClosed: { broken: "client_gone" },
  };
}
