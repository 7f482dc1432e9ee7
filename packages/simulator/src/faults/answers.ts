import type { OfKind } from "../checks/check-object.ts";
import { type Answer, jsonAnswer } from "../http/answer.ts";
import type { Exchange } from "../http/exchange.ts";
import { codeOfStatus } from "../meaning.ts";
import type { AnswerAction, ErrorListAction } from "../script/answer-action.ts";
import { cutJson, htmlPage, invalidUtf8, LONG_CODE, oversizedList } from "./bodies.ts";
import { RATE_LIMITED_ANSWERS } from "./rate-limited-answers.ts";

type Build<A> = (action: A, exchange: Exchange) => Answer;

/** An answer whose status says what it means, because its body does not or says the same. */
function bareAnswer(status: number, body: string | Buffer, more: Partial<Answer> = {}): Answer {
  const code = codeOfStatus(status);
  return { status, body, ...more, ...(code === undefined ? {} : { error: { code } }) };
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
  html: ({ status }) => bareAnswer(status, htmlPage(status), { contentType: "text/html", fromGateway: true }),
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
  redirect: ({ status = 302, to }, { path, query }) => ({
    status,
    headers: { Location: to === "self" ? path + (query === "" ? "" : `?${query}`) : to },
  }),
  not_modified: () => ({ status: 304 }),
  respond: ({ status, body, means }) => {
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    return means ? { status, body: text, error: means } : bareAnswer(status, text);
  },
};

/** The answer that a script asks for. */
export function scriptedAnswer(action: AnswerAction, exchange: Exchange): Answer {
  const build = BUILDERS[action.kind] as Build<AnswerAction>;
  const answer = build(action, exchange);
  const retryAfter = action.retryAfter === undefined ? {} : { "Retry-After": String(action.retryAfter) };
  return { ...answer, headers: { ...answer.headers, ...retryAfter, ...action.headers } };
}
