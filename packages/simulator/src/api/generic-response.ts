import { gzipSync } from "node:zlib";
import { jsonResponse, type SimulatedResponse } from "../wire/response.ts";
import type { ApiRequest } from "./api-request.ts";
import { fillSample, sampleOf } from "./response-samples.ts";
import { type ResponseTraits, traitsOf } from "./response-traits.ts";

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

function listResponse({ operation, origin }: ApiRequest, noun: string): SimulatedResponse {
  const { pagination, search } = traitsOf(operation);
  const cursor = pagination === "query_cursor" || pagination === "body_cursor";
  const pages = { type: "pages", page: 1, per_page: 50, total_pages: 1, ...(cursor ? {} : { next: null }) };
  const item = { type: singular(noun), id: "1", url: `${origin}${operation.template}` };
  return jsonResponse(operation.successStatus, {
    type: "list",
    data: [item],
    ...(pagination || search ? { total_count: 1, pages } : {}),
  });
}

function objectResponse(
  { operation, params, body, nowSeconds }: ApiRequest,
  noun: string,
): SimulatedResponse {
  const type = singular(noun);
  const now = Math.floor(nowSeconds);
  const id = Object.values(params).at(-1) ?? "1";
  const value = operation.method === "DELETE" ? { deleted: true } : { created_at: now, updated_at: now };
  return jsonResponse(operation.successStatus, { ...body, ...value, type, id });
}

function sampleResponse(
  { operation, params, body, nowSeconds }: ApiRequest,
  sample: unknown,
): SimulatedResponse {
  if (Array.isArray(sample) || typeof sample !== "object" || sample === null) {
    return jsonResponse(operation.successStatus, sample);
  }
  const id = Object.values(params).at(-1);
  const value = fillSample(sample as Record<string, unknown>, {
    id,
    body,
    nowSeconds: Math.floor(nowSeconds),
  });
  return jsonResponse(operation.successStatus, value);
}

function isList({ operation }: ApiRequest, noun: string): boolean {
  const { pagination, search } = traitsOf(operation);
  if (pagination || search) return true;
  const last = operation.template.split("/").at(-1) ?? "";
  return operation.method === "GET" && last === noun && noun.endsWith("s") && !NOT_PLURAL.test(noun);
}

const RESPONSES: {
  readonly [K in NonNullable<ResponseTraits["response"]>]: (request: ApiRequest) => SimulatedResponse;
} = {
  empty: ({ operation }) => ({ status: operation.successStatus }),
  text: ({ operation }) => ({
    status: operation.successStatus,
    body: "[00:00] Agent: Hello\n[00:03] Caller: Hello\n",
    contentType: "text/plain; charset=utf-8",
    headers: { "Content-Disposition": 'attachment; filename="transcript.txt"' },
  }),
  binary: ({ operation }) => ({
    status: operation.successStatus,
    body: gzipSync("id,created_at\n1,1700000000\n"),
    contentType: "application/octet-stream",
    headers: { "Content-Disposition": 'attachment; filename="export.csv.gz"' },
  }),
  redirect: ({ operation, params, storageOrigin }) => ({
    status: operation.successStatus,
    headers: { Location: `${storageOrigin}/recordings/${encodeURIComponent(params.id ?? "")}` },
  }),
  json: (request) => {
    const sample = sampleOf(request.operation, request.version);
    if (sample !== undefined) return sampleResponse(request, sample);
    const noun = subject(request.operation.template);
    return isList(request, noun) ? listResponse(request, noun) : objectResponse(request, noun);
  },
};

/** A plausible response of an operation that keeps no state: its documented status, and a body of its kind. */
export function genericResponse(request: ApiRequest): SimulatedResponse {
  return RESPONSES[traitsOf(request.operation).response ?? "json"](request);
}
