import type { OfKind } from "../checks/check-object.ts";
import { codeOfStatus, errorOfOther, errorOfStatus } from "../expected-errors.ts";
import { type Answer, jsonAnswer } from "../http/answer.ts";
import type { Exchange } from "../http/exchange.ts";
import type { AnswerAction, ErrorListAction } from "../script/answer-action.ts";
import { cutJson, htmlPage, invalidUtf8, LONG_CODE, oversizedList, XML_REFUSAL } from "./bodies.ts";
import { RATE_LIMITED_ANSWERS } from "./rate-limited-answers.ts";

type Build<A> = (action: A, exchange: Exchange, storageOrigin: string) => Answer;

/** An answer whose status says what it means, because its body does not or says the same. */
function bareAnswer(status: number, body: string | Buffer, more: Partial<Answer> = {}): Answer {
  return { status, body, error: errorOfStatus(status), ...more };
}

/** A page of something in front of Intercom; what it is not can be told below 500, where Intercom always has JSON. */
function foreignAnswer(status: number, body: string, contentType: string): Answer {
  const error = status < 500 ? errorOfOther(status) : errorOfStatus(status);
  return { status, body, contentType, fromGateway: true, error };
}

const bareJson = (status: number, value: unknown): Answer => bareAnswer(status, JSON.stringify(value));

function errorListAnswer(action: ErrorListAction, { requestId }: Exchange): Answer {
  const { code, message = "A scripted error", field, data, codeKey = "code", more = [], retryable } = action;
  const entries = [{ code, message, field, data }, ...more].map(({ code: word, ...rest }) => ({
    [codeKey]: word,
    ...rest,
  }));
  const id = action.requestId === false ? {} : { request_id: requestId };
  return {
    ...jsonAnswer(action.status, { type: "error.list", ...id, errors: entries }),
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

/** Builds the answer of each kind of action. */
const BUILDERS: { readonly [K in AnswerAction["kind"]]: Build<OfKind<AnswerAction, K>> } = {
  error_list: errorListAnswer,
  errors_by_field: ({ status = 422, fields = { conversation_id: "is not known" } }) =>
    bareJson(status, { errors: fields }),
  error_message: ({ status, message = "A scripted error" }, { requestId }) =>
    bareJson(status, { type: "error", request_id: requestId, message }),
  error_key: ({ status = 400, key, message, retryable }) => ({
    ...jsonAnswer(status, { error_key: key, message }),
    error: { code: key, ...(retryable === undefined ? {} : { retryable }) },
  }),
  html: ({ status }) => foreignAnswer(status, htmlPage(status), "text/html"),
  xml: ({ status }) => foreignAnswer(status, XML_REFUSAL, "application/xml"),
  empty: ({ status }) => bareAnswer(status, "", { fromGateway: true }),
  no_errors: ({ status }, { requestId }) =>
    bareJson(status, { type: "error.list", request_id: requestId, errors: [] }),
  null_body: ({ status }) => bareAnswer(status, "null"),
  cut_json: ({ status }, { requestId }) => bareAnswer(status, cutJson(status, requestId)),
  numeric_code: ({ status }, { requestId }) =>
    bareJson(status, list(requestId, { code: String(status), message: "A scripted error" })),
  long_code: ({ status }, { requestId }) =>
    bareJson(status, list(requestId, { code: LONG_CODE, message: "A scripted error" })),
  invalid_utf8: ({ status }, { requestId }) =>
    bareAnswer(status, invalidUtf8(requestId, codeOfStatus(status))),
  oversized: ({ status, bytes = 70_000 }, { requestId }) =>
    bareAnswer(status, oversizedList(requestId, codeOfStatus(status), bytes)),
  rate_limited: ({ by }, { requestId, app }) => RATE_LIMITED_ANSWERS[by](requestId, app),
  redirect: ({ status = 302, to }, exchange, storageOrigin) => ({
    status,
    headers: { Location: locationOf(to, exchange, storageOrigin) },
  }),
  not_modified: () => ({ status: 304 }),
  respond: ({ status, body, means }) => {
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    return means ? { status, body: text, error: means } : bareAnswer(status, text);
  },
};

/** The answer that a script asks for. */
export function scriptedAnswer(action: AnswerAction, exchange: Exchange, storageOrigin: string): Answer {
  const build = BUILDERS[action.kind] as Build<AnswerAction>;
  const answer = build(action, exchange, storageOrigin);
  const retryAfter = action.retryAfter === undefined ? {} : { "Retry-After": String(action.retryAfter) };
  return { ...answer, headers: { ...answer.headers, ...retryAfter, ...action.headers } };
}
