import type { OfKind } from "@intercom-telemetry/guards/shape";
import { codeOfStatus, errorOfOther, errorOfStatus } from "../expected-errors.ts";
import type { ErrorListAction, ResponseAction } from "../script/response-action.ts";
import type { Exchange } from "../wire/exchange.ts";
import { jsonResponse, type SimulatedResponse } from "../wire/response.ts";
import { cutJson, htmlPage, invalidUtf8, LONG_CODE, oversizedList, XML_REFUSAL } from "./bodies.ts";
import { RATE_LIMITED_RESPONSES } from "./rate-limited-responses.ts";

type Build<A> = (action: A, exchange: Exchange, storageOrigin: string) => SimulatedResponse;

/** A response whose status says what it means, because its body does not or says the same. */
function bareResponse(
  status: number,
  body: string | Buffer,
  more: Partial<SimulatedResponse> = {},
): SimulatedResponse {
  return { status, body, error: errorOfStatus(status), ...more };
}

/** A page of something in front of Intercom; what it is not can be told below 500, where Intercom always has JSON. */
function foreignResponse(status: number, body: string, contentType: string): SimulatedResponse {
  const error = status < 500 ? errorOfOther(status) : errorOfStatus(status);
  return { status, body, contentType, fromGateway: true, error };
}

const bareJson = (status: number, value: unknown): SimulatedResponse =>
  bareResponse(status, JSON.stringify(value));

function errorListResponse(action: ErrorListAction, { requestId }: Exchange): SimulatedResponse {
  const { code, message = "A scripted error", field, data, codeKey = "code", more = [], retryable } = action;
  const entries = [{ code, message, field, data }, ...more].map(({ code: word, ...rest }) => ({
    [codeKey]: word,
    ...rest,
  }));
  const id = action.requestId === false ? {} : { request_id: requestId };
  return {
    ...jsonResponse(action.status, { type: "error.list", ...id, errors: entries }),
    error: { code, ...(retryable === undefined ? {} : { retryable }) },
  };
}

function locationOf(to: string, { path, query }: Exchange, storageOrigin: string): string {
  if (to === "self") return path + (query === "" ? "" : `?${query}`);
  return to === "storage" ? `${storageOrigin}/file` : to;
}

const list = (requestId: string, entry: Readonly<Record<string, unknown>>) => ({
  type: "error.list",
  request_id: requestId,
  errors: [entry],
});

/** Builds the response of each kind of action. */
const BUILDERS: { readonly [K in ResponseAction["kind"]]: Build<OfKind<ResponseAction, "kind", K>> } = {
  error_list: errorListResponse,
  errors_by_field: ({ status = 422, fields = { conversation_id: "is not known" } }) =>
    bareJson(status, { errors: fields }),
  error_message: ({ status, message = "A scripted error" }, { requestId }) =>
    bareJson(status, { type: "error", request_id: requestId, message }),
  error_key: ({ status = 400, key, message, retryable }) => ({
    ...jsonResponse(status, { error_key: key, message }),
    error: { code: key, ...(retryable === undefined ? {} : { retryable }) },
  }),
  html: ({ status }) => foreignResponse(status, htmlPage(status), "text/html"),
  xml: ({ status }) => foreignResponse(status, XML_REFUSAL, "application/xml"),
  empty: ({ status }) => bareResponse(status, "", { fromGateway: true }),
  no_errors: ({ status }, { requestId }) =>
    bareJson(status, { type: "error.list", request_id: requestId, errors: [] }),
  null_body: ({ status }) => bareResponse(status, "null"),
  cut_json: ({ status }, { requestId }) => bareResponse(status, cutJson(status, requestId)),
  numeric_code: ({ status }, { requestId }) =>
    bareJson(status, list(requestId, { code: String(status), message: "A scripted error" })),
  long_code: ({ status }, { requestId }) =>
    bareJson(status, list(requestId, { code: LONG_CODE, message: "A scripted error" })),
  invalid_utf8: ({ status }, { requestId }) =>
    bareResponse(status, invalidUtf8(requestId, codeOfStatus(status))),
  oversized: ({ status, bytes = 70_000 }, { requestId }) =>
    bareResponse(status, oversizedList(requestId, codeOfStatus(status), bytes)),
  rate_limited: ({ by }, { requestId, app }) => RATE_LIMITED_RESPONSES[by](requestId, app),
  redirect: ({ status = 302, to }, exchange, storageOrigin) => ({
    status,
    headers: { Location: locationOf(to, exchange, storageOrigin) },
  }),
  not_modified: () => ({ status: 304 }),
  respond: ({ status, body, means }) => {
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    return means ? { status, body: text, error: means } : bareResponse(status, text);
  },
};

/** The response that a script asks for. */
export function scriptedResponse(
  action: ResponseAction,
  exchange: Exchange,
  storageOrigin: string,
): SimulatedResponse {
  const build = BUILDERS[action.kind] as Build<ResponseAction>;
  const response = build(action, exchange, storageOrigin);
  const retryAfter = action.retryAfter === undefined ? {} : { "Retry-After": String(action.retryAfter) };
  return { ...response, headers: { ...response.headers, ...retryAfter, ...action.headers } };
}
