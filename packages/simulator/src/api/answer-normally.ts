import { RATE_LIMITED_ANSWERS } from "../faults/rate-limited-answers.ts";
import { type Answer, errorAnswer } from "../http/answer.ts";
import type { Exchange } from "../http/exchange.ts";
import { parseBody } from "../http/parse-body.ts";
import type { RunningApp } from "../running-app.ts";
import type { ApiHandler } from "./api-request.ts";
import { isKnownVersion } from "./api-versions.ts";
import { genericAnswer } from "./generic-answer.ts";
import { missingPermission } from "./permissions.ts";

/** What the API needs to know of the simulator. */
export interface ApiSurroundings {
  readonly handlers: ReadonlyMap<string, ApiHandler>;
  readonly epochMilliseconds: () => number;
  readonly origin: () => string;
}

type Refusal = Answer | undefined;

function refuseRequest(exchange: Exchange, windowExceeded: boolean): Refusal {
  const { requestId, app, request, match } = exchange;
  if (!app || app.revoked) return errorAnswer(requestId, 401, "unauthorized", "Access Token Invalid");
  if (windowExceeded) return RATE_LIMITED_ANSWERS.window(requestId, app);
  const version = request.headers["intercom-version"];
  if (typeof version === "string" && !isKnownVersion(version)) {
    return errorAnswer(
      requestId,
      400,
      "intercom_version_invalid",
      `The requested version is not known: ${version}`,
    );
  }
  if (!match) return errorAnswer(requestId, 404, "not_found", "The requested resource was not found");
  if (exchange.body?.tooLarge) {
    return errorAnswer(requestId, 422, "payload_too_large", "The body is larger than 8 MB");
  }
  return missingPermission(match.endpoint, app, requestId);
}

function carryOut(exchange: Exchange, app: RunningApp, surroundings: ApiSurroundings): Answer {
  const { match, requestId, request } = exchange;
  if (!match || !exchange.body) throw new Error("a refused request is not carried out");
  const body = parseBody(exchange.body, request.headers["content-type"]);
  if (!body) return errorAnswer(requestId, 400, "parameter_invalid", "The body is not a JSON object");
  const handle =
    surroundings.handlers.get(`${match.endpoint.method} ${match.endpoint.template}`) ?? genericAnswer;
  return handle({
    endpoint: match.endpoint,
    params: match.params,
    query: new URLSearchParams(exchange.query),
    body,
    app,
    requestId,
    nowSeconds: surroundings.epochMilliseconds() / 1000,
    origin: surroundings.origin(),
  });
}

/** What Intercom would answer without any fault: who is asking, how often, and then the operation itself. */
export function answerNormally(
  exchange: Exchange,
  windowExceeded: boolean,
  surroundings: ApiSurroundings,
): Answer {
  const refusal = refuseRequest(exchange, windowExceeded);
  if (refusal || !exchange.app) return refusal ?? { status: 401 };
  return carryOut(exchange, exchange.app, surroundings);
}
