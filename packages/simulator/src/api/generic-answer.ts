import { gzipSync } from "node:zlib";
import { type Answer, jsonAnswer } from "../http/answer.ts";
import type { ApiRequest } from "./api-request.ts";

const PARAMETER = /^\{.+\}$/;

/** Words that end in `s` and are one thing. */
const NOT_PLURAL = /(status|metrics|counts)$/;

/** `companies` to `company`, `tags` to `tag`. */
function singular(word: string): string {
  return word.replace(/ies$/, "y").replace(/s$/, "");
}

/** The last literal of the template names what is asked for. */
function subject(template: string): string {
  return template.split("/").findLast((segment) => segment !== "" && !PARAMETER.test(segment)) ?? "object";
}

function listAnswer({ endpoint, origin }: ApiRequest, noun: string): Answer {
  const cursor = endpoint.pagination === "query_cursor" || endpoint.pagination === "body_cursor";
  const pages = { type: "pages", page: 1, per_page: 50, total_pages: 1, ...(cursor ? {} : { next: null }) };
  const item = { type: singular(noun), id: "1", url: `${origin}${endpoint.template}` };
  return jsonAnswer(endpoint.successStatus, {
    type: "list",
    data: [item],
    ...(endpoint.pagination || endpoint.search ? { total_count: 1, pages } : {}),
  });
}

function objectAnswer({ endpoint, params, body, nowSeconds }: ApiRequest, noun: string): Answer {
  const type = singular(noun);
  const now = Math.floor(nowSeconds);
  const id = Object.values(params).at(-1) ?? "1";
  const value = endpoint.method === "DELETE" ? { deleted: true } : { created_at: now, updated_at: now };
  return jsonAnswer(endpoint.successStatus, { ...body, ...value, type, id });
}

function isList({ endpoint }: ApiRequest, noun: string): boolean {
  if (endpoint.pagination || endpoint.search) return true;
  const last = endpoint.template.split("/").at(-1) ?? "";
  return endpoint.method === "GET" && last === noun && noun.endsWith("s") && !NOT_PLURAL.test(noun);
}

const ANSWERS: { readonly [K in ApiRequest["endpoint"]["response"]]: (request: ApiRequest) => Answer } = {
  empty: ({ endpoint }) => ({ status: endpoint.successStatus }),
  text: ({ endpoint }) => ({
    status: endpoint.successStatus,
    body: "[00:00] Agent: Hello\n[00:03] Caller: Hello\n",
    contentType: "text/plain; charset=utf-8",
    headers: { "Content-Disposition": 'attachment; filename="transcript.txt"' },
  }),
  binary: ({ endpoint }) => ({
    status: endpoint.successStatus,
    body: gzipSync("id,created_at\n1,1700000000\n"),
    contentType: "application/octet-stream",
    headers: { "Content-Disposition": 'attachment; filename="export.csv.gz"' },
  }),
  redirect: ({ endpoint, params }) => ({
    status: endpoint.successStatus,
    headers: { Location: `/__simulator/recordings/${encodeURIComponent(params.id ?? "")}` },
  }),
  json: (request) => {
    const noun = subject(request.endpoint.template);
    return isList(request, noun) ? listAnswer(request, noun) : objectAnswer(request, noun);
  },
};

/** A plausible answer of an operation that keeps no state: its documented status, and a body of its kind. */
export function genericAnswer(request: ApiRequest): Answer {
  return ANSWERS[request.endpoint.response](request);
}
