import { RATE_LIMITED_ANSWERS } from "../faults/rate-limited-answers.ts";
import { type Answer, errorAnswer } from "../http/answer.ts";
import type { Exchange } from "../http/exchange.ts";
import { parseBody } from "../http/parse-body.ts";
import type { RouteMatch } from "../http/router.ts";
import type { RunningApp } from "../running-app.ts";
import type { ApiHandler, ApiRequest } from "./api-request.ts";
import { isKnownVersion } from "./api-versions.ts";
import { genericAnswer } from "./generic-answer.ts";
import { HANDLERS } from "./handlers/handlers.ts";
import { missingPermission } from "./permissions.ts";
import { Refusal } from "./refusal.ts";
import { completeBySample, sampleOf } from "./response-samples.ts";

/** What the API needs to know of the simulator. */
export interface ApiSurroundings {
  readonly epochMilliseconds: () => number;
  readonly origin: () => string;
  /** Of the host that downloads are redirected to. */
  readonly storageOrigin: () => string;
}

function handleRefusing(handle: ApiHandler, request: ApiRequest): Answer {
  try {
    const answer = handle(request);
    if (answer.json === undefined || answer.error) return answer;
    return { ...answer, json: completeBySample(answer.json, sampleOf(request.operation, request.version)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message, headers } = error;
    return errorAnswer(request.requestId, status, code, message, { headers });
  }
}

function carryOut(
  exchange: Exchange,
  app: RunningApp,
  { operation, params }: RouteMatch,
  surroundings: ApiSurroundings,
): Answer {
  const { requestId, request, query } = exchange;
  const { "content-type": contentType, "intercom-version": version } = request.headers;
  const body = parseBody(exchange.body, contentType);
  if (!body) return errorAnswer(requestId, 400, "parameter_invalid", "The body is not a JSON object");
  const handle = HANDLERS.get(`${operation.method} ${operation.template}`) ?? genericAnswer;
  return handleRefusing(handle, {
    operation,
    params,
    query: new URLSearchParams(query),
    body,
    app,
    version: typeof version === "string" ? version : undefined,
    requestId,
    nowSeconds: surroundings.epochMilliseconds() / 1000,
    origin: surroundings.origin(),
    storageOrigin: surroundings.storageOrigin(),
  });
}

/** What Intercom's answers can be, by `Accept`; without the header anything goes. */
const FITTING_ACCEPT = /\*\/\*|application\/|text\/(\*|plain|csv)/i;

function refuseHeaders({ request, requestId }: Exchange): Answer | undefined {
  const { accept, "intercom-version": version } = request.headers;
  if (accept !== undefined && !FITTING_ACCEPT.test(accept)) {
    return { status: 406, error: { code: "not_acceptable" } };
  }
  if (typeof version !== "string" || isKnownVersion(version)) return undefined;
  return errorAnswer(requestId, 400, "intercom_version_invalid", `The version is not known: ${version}`);
}

/** What Intercom would answer without any fault: who is asking, how often, and then the operation itself. */
export function answerNormally(
  exchange: Exchange,
  windowExceeded: boolean,
  surroundings: ApiSurroundings,
): Answer {
  const { app, requestId, match, body } = exchange;
  if (!app || app.revoked) return errorAnswer(requestId, 401, "unauthorized", "Access Token Invalid");
  if (windowExceeded) return RATE_LIMITED_ANSWERS.window(requestId, app);
  const refusal = refuseHeaders(exchange);
  if (refusal) return refusal;
  if (!match) return errorAnswer(requestId, 404, "not_found", "The requested resource was not found");
  if (body.tooLarge) return errorAnswer(requestId, 422, "payload_too_large", "The body is larger than 8 MB");
  return missingPermission(match.operation, app, requestId) ?? carryOut(exchange, app, match, surroundings);
}
