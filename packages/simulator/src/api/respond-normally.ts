import { RATE_LIMITED_RESPONSES } from "../faults/rate-limited-responses.ts";
import type { OperationMatch } from "../find-operation.ts";
import type { RunningApp } from "../running-app.ts";
import type { Exchange } from "../wire/exchange.ts";
import { errorResponse, type SimulatedResponse } from "../wire/response.ts";
import type { ApiHandler, ApiRequest } from "./api-request.ts";
import { isKnownVersion } from "./api-versions.ts";
import { genericResponse } from "./generic-response.ts";
import { HANDLERS } from "./handlers/handlers.ts";
import { parseBody } from "./parse-body.ts";
import { missingPermission } from "./permissions.ts";
import { Refusal } from "./refusal.ts";
import { completeBySample, sampleOf } from "./response-samples.ts";

/** What the API needs to know of the simulator. */
export interface ApiContext {
  readonly epochMilliseconds: () => number;
  readonly origin: () => string;
  /** Of the host that downloads are redirected to. */
  readonly storageOrigin: () => string;
}

function handleRefusing(handle: ApiHandler, request: ApiRequest): SimulatedResponse {
  try {
    const response = handle(request);
    if (response.json === undefined || response.error) return response;
    return {
      ...response,
      json: completeBySample(response.json, sampleOf(request.operation, request.version)),
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message, headers } = error;
    return errorResponse(request.requestId, status, code, message, { headers });
  }
}

function dispatch(
  exchange: Exchange,
  app: RunningApp,
  { operation, params }: OperationMatch,
  context: ApiContext,
): SimulatedResponse {
  const { requestId, incoming, query } = exchange;
  const { "content-type": contentType, "intercom-version": version } = incoming.headers;
  const body = parseBody(exchange.body, contentType);
  if (!body) return errorResponse(requestId, 400, "parameter_invalid", "The body is not a JSON object");
  const handle = HANDLERS.get(`${operation.method} ${operation.template}`) ?? genericResponse;
  return handleRefusing(handle, {
    operation,
    params,
    query: new URLSearchParams(query),
    body,
    app,
    version: typeof version === "string" ? version : undefined,
    requestId,
    nowSeconds: context.epochMilliseconds() / 1000,
    origin: context.origin(),
    storageOrigin: context.storageOrigin(),
  });
}

/** Types of Intercom's responses, by `Accept`; without the header anything goes. */
const FITTING_ACCEPT = /\*\/\*|application\/|text\/(\*|plain|csv)/i;

function refuseHeaders({ incoming, requestId }: Exchange): SimulatedResponse | undefined {
  const { accept, "intercom-version": version } = incoming.headers;
  if (accept !== undefined && !FITTING_ACCEPT.test(accept)) {
    return { status: 406, error: { code: "not_acceptable" } };
  }
  if (typeof version !== "string" || isKnownVersion(version)) return undefined;
  return errorResponse(requestId, 400, "intercom_version_invalid", `The version is not known: ${version}`);
}

/** What Intercom would respond without any fault: who is asking, how often, and then the operation itself. */
export function respondNormally(
  exchange: Exchange,
  windowExceeded: boolean,
  context: ApiContext,
): SimulatedResponse {
  const { app, requestId, match, body } = exchange;
  if (!app || app.revoked) return errorResponse(requestId, 401, "unauthorized", "Access Token Invalid");
  if (windowExceeded) return RATE_LIMITED_RESPONSES.window(requestId, app);
  const refusal = refuseHeaders(exchange);
  if (refusal) return refusal;
  if (!match) return errorResponse(requestId, 404, "not_found", "The requested resource was not found");
  if (body.tooLarge)
    return errorResponse(requestId, 422, "payload_too_large", "The body is larger than 8 MB");
  return missingPermission(match.operation, app, requestId) ?? dispatch(exchange, app, match, context);
}
