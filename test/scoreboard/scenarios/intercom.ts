import type { FaultAction, RateHeaderFault } from "@intercom-telemetry/simulator";
import type { AxiosRequestConfig } from "axios";
import type { Scenario } from "../scenario.ts";
import { toRequest } from "../truth.ts";

/** One call whose response says so; asked for Intercom's code and whether a retry can help. */
function coded(name: string, action: FaultAction, request: AxiosRequestConfig = { url: "/me" }): Scenario {
  return {
    name,
    asks: ["code"],
    simulator: { script: { rules: [{ action }] } },
    run: ({ api, call }) => call(() => api.request(request)),
  };
}

const listed = (status: number, code: string): FaultAction => ({ kind: "error_list", status, code });

const BODIES: readonly Scenario[] = [
  coded("Code: error.list with 404", listed(404, "not_found")),
  coded("Code: a revoked token", listed(401, "token_revoked")),
  coded("Code: outside the plan", listed(403, "api_plan_restricted")),
  coded("Code: a bad parameter", listed(400, "parameter_invalid")),
  coded("Code: a contact that exists", listed(409, "conflict")),
  coded("Code: an old server puts it into `type`", {
    ...listed(400, "parameter_invalid"),
    codeKey: "type",
  } as FaultAction),
  coded("Code: `error_key` of phone call redirects", { kind: "error_key", key: "invalid_phone_number" }),
  coded("Code: errors by field have none", { kind: "errors_by_field" }),
  coded("Code: a message only", { kind: "error_message", status: 404 }),
  coded("Code: an empty list of errors", { kind: "no_errors", status: 500 }),
  coded("Code: the body is null", { kind: "null_body", status: 500 }),
  coded("Code: the JSON is cut off", { kind: "cut_json", status: 500 }),
  coded("Code: a gateway's HTML", { kind: "html", status: 502 }),
  coded("Code: a CDN's page with 403", { kind: "html", status: 403 }),
  coded("Code: a proxy's page with 407", { kind: "html", status: 407 }),
  coded("Code: an empty 503", { kind: "empty", status: 503 }),
  coded("Code: the status as text is not a code", { kind: "numeric_code", status: 404 }),
  coded("Code: 5 kB of code are not a code", { kind: "long_code", status: 404 }),
  coded("Code: invalid UTF-8", { kind: "invalid_utf8", status: 422 }),
  coded("Code: a body of 70 kB", { kind: "oversized", status: 500 }),
  coded("Code: in bytes", listed(404, "not_found"), { url: "/me", responseType: "arraybuffer" }),
  coded("Code: 200 that hides an error.list", listed(200, "server_error")),
];

const MEANINGS: readonly Scenario[] = [
  coded("429 of the window", { kind: "rate_limited", by: "window" }),
  coded(
    "429 of pending export jobs",
    { kind: "rate_limited", by: "jobs" },
    { method: "post", url: "/export/content/data" },
  ),
  coded("429 of an overloaded server", { kind: "rate_limited", by: "overload" }),
  coded("A scroll that is open already can be retried later", listed(400, "scroll_exists")),
  coded("An expired scroll gets a 500 and cannot be retried", listed(500, "server_error"), {
    url: "/companies/scroll",
  }),
  coded("A conflict on a team can be retried", listed(409, "conflict"), {
    method: "put",
    url: "/teams/7",
    data: {},
  }),
  {
    ...coded("A code that is in no documentation", {
      ...listed(422, "brand_new_code"),
      retryable: false,
    } as FaultAction),
    // In a label it may only stand under a name that all unknown codes share.
    views: (ledger) => {
      const rows = ledger.map(toRequest);
      return [rows, rows.map((row) => ({ ...row, code: "other" }))];
    },
  },
];

/** Calls whose operation has to be found. */
const routed = (name: string, method: string, url: string): Scenario => ({
  name,
  asks: ["method", "template"],
  run: ({ api, call }) => call(() => api.request({ method, url })),
});

const ROUTES: readonly Scenario[] = [
  routed("Template: an id in the path", "get", "/contacts/5f0c1b2a3d4e5f6071829304"),
  routed("Template: a word where others have an id", "post", "/contacts/search"),
  routed("Template: two ids", "delete", "/conversations/12/tags/34"),
  routed("Template: a query in the URL", "get", "/companies?page=2&per_page=10"),
  routed("Template: a percent-encoded id", "get", "/companies/a%20b"),
  routed("Template: a path that Intercom does not have", "get", "/no/such/path"),
];

/** Reads the quota after the responses; `unusable` headers leave the figures of the response before. */
const quota = (name: string, fault?: RateHeaderFault): Scenario => ({
  name,
  asks: ["quota"],
  ...(fault
    ? { simulator: { script: { rules: [{ skip: 1, action: { kind: "rate_headers", fault } }] } } }
    : {}),
  run: async ({ api, call }) => {
    for (let sent = 0; sent < 3; sent += 1) await call(() => api.get("/me"));
  },
});

const QUOTAS: readonly Scenario[] = [
  quota("Quota: three responses"),
  quota("Quota: the headers are missing", "missing"),
  quota("Quota: negative figures", "negative"),
  quota("Quota: figures beyond all numbers", "overflow"),
  quota("Quota: words", "words"),
];

const requestId: Scenario = {
  name: "The request id that Intercom's support asks for",
  asks: ["requestId"],
  run: ({ api, call }) => call(() => api.get("/contacts/1")),
};

/** What only Intercom's documentation tells. */
export const INTERCOM_SCENARIOS: readonly Scenario[] = [
  ...BODIES,
  ...MEANINGS,
  ...ROUTES,
  ...QUOTAS,
  requestId,
];
