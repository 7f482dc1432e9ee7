import { setTimeout as sleep } from "node:timers/promises";
import type { FaultAction, SimulatorOptions } from "@intercom-telemetry/simulator";
import type { AxiosRequestConfig } from "axios";
import type { Facet } from "../facets.ts";
import type { Scenario } from "../scenario.ts";
import { toRequest } from "../truth.ts";

const BASICS: readonly Facet[] = ["requests", "method", "status", "failed"];
const CONTACT = "/contacts/5f0c1b2a3d4e5f6071829304";

const scripted = (action: FaultAction): SimulatorOptions => ({ script: { rules: [{ action }] } });

/** One call that gets this response. */
function gets(name: string, action: FaultAction | undefined, request: AxiosRequestConfig): Scenario {
  return {
    name,
    asks: BASICS,
    ...(action ? { simulator: scripted(action) } : {}),
    run: ({ api, call }) => call(() => api.request(request)),
  };
}

const get = (url: string, more: AxiosRequestConfig = {}): AxiosRequestConfig => ({
  method: "get",
  url,
  ...more,
});

const PLAIN: readonly Scenario[] = [
  gets("GET gets a 200", undefined, get("/me")),
  gets("POST gets a 200", undefined, {
    method: "post",
    url: "/contacts/search",
    data: { query: { field: "role", operator: "=", value: "user" } },
  }),
  gets("PUT gets a 404", undefined, { method: "put", url: CONTACT, data: { name: "x" } }),
  gets("DELETE gets a 404", undefined, { method: "delete", url: CONTACT }),
  gets("HEAD gets a 200", undefined, { method: "head", url: "/me" }),
  gets("204 has no body", { kind: "empty", status: 204 }, get("/me")),
  gets("The body is compressed", { kind: "gzip" }, get("/me")),
  gets("The body arrives in pieces", { kind: "slow_body", seconds: 0.3 }, get("/me")),
  gets("The body is HTML with status 200", { kind: "html", status: 200 }, get("/me")),
];

const FAILED: readonly Scenario[] = [
  gets("400", { kind: "error_list", status: 400, code: "parameter_invalid" }, get("/me")),
  gets("401: the token is wrong", undefined, get("/me", { headers: { Authorization: "Bearer wrong" } })),
  gets("403", { kind: "error_list", status: 403, code: "forbidden" }, get("/me")),
  gets("404", undefined, get(CONTACT)),
  gets("409", { kind: "error_list", status: 409, code: "conflict" }, get("/me")),
  gets("422", { kind: "errors_by_field" }, get("/me")),
  gets("429", { kind: "rate_limited", by: "window" }, get("/me")),
  gets("500", { kind: "error_list", status: 500, code: "server_error" }, get("/me")),
  gets("502 with an HTML page of a gateway", { kind: "html", status: 502 }, get("/me")),
  gets("503 with an empty body", { kind: "empty", status: 503 }, get("/me")),
];

const BY_OPTION: readonly Scenario[] = [
  gets(
    "validateStatus: null lets a 429 resolve",
    { kind: "rate_limited", by: "window" },
    get("/me", { validateStatus: null }),
  ),
  gets(
    "validateStatus takes a 404 for success",
    undefined,
    get(CONTACT, { validateStatus: (status) => status < 500 }),
  ),
  gets("304 rejects in axios and is not a failure", { kind: "not_modified" }, get("/me")),
  gets(
    "302 with maxRedirects: 0 rejects and is not a failure",
    { kind: "redirect", to: "/admins" },
    get("/me", { maxRedirects: 0 }),
  ),
  gets(
    "200 with a body that is not JSON, parsed strictly",
    { kind: "respond", status: 200, body: "{ not json" },
    get("/me", { responseType: "json", transitional: { silentJSONParsing: false } }),
  ),
  gets("An error body is asked for as bytes", undefined, get(CONTACT, { responseType: "arraybuffer" })),
  gets("Basic authentication", undefined, get("/me", { auth: { username: "demo-token", password: "" } })),
];

const unknownMethod: Scenario = {
  ...gets("A method that no standard defines gets a 404", undefined, {
    method: "purge",
    url: "/me",
  }),
  // OpenTelemetry's conventions ask for `_OTHER`, which keeps the number of series closed.
  views: (ledger) => {
    const rows = ledger.map(toRequest);
    return [rows, rows.map((row) => ({ ...row, method: "_OTHER" }))];
  },
};

const redirected: Scenario = {
  name: "A redirect is followed",
  asks: ["requests", "status", "failed"],
  simulator: { script: { rules: [{ match: { path: "/me" }, action: { kind: "redirect", to: "/admins" } }] } },
  run: ({ api, call }) => call(() => api.get("/me")),
  // Hop by hop, or as the one request that axios was asked for.
  views: (ledger) => {
    const hops = ledger.map(({ method, status }) => ({ method, status, failed: false }));
    return [hops, hops.slice(-1)];
  },
};

const redirectLoop: Scenario = {
  name: "Redirects go round in a circle",
  asks: ["requests", "failed"],
  axios: { maxRedirects: 3 },
  simulator: scripted({ kind: "redirect", to: "self" }),
  run: ({ api, call }) => call(() => api.get("/me")),
  views: (ledger) => [ledger.map(() => ({ failed: false })), [{ failed: true }]],
};

const slow: Scenario = {
  name: "The head of the response takes 0.4 s",
  asks: ["requests", "status", "seconds"],
  simulator: scripted({ kind: "slow_headers", seconds: 0.4 }),
  run: ({ api, call }) => call(() => api.get("/me")),
};

const slowBody: Scenario = {
  name: "The body takes 0.8 s",
  asks: ["requests", "status", "seconds"],
  simulator: scripted({ kind: "slow_body", seconds: 0.8 }),
  run: ({ api, call }) => call(() => api.get("/me")),
};

/** Fake timers of a test, switched on while a request is under way. */
const stoppedClock: Scenario = {
  name: "The clock is set back while a request is under way",
  asks: ["requests", "status", "notNegative"],
  simulator: scripted({ kind: "slow_headers", seconds: 0.4 }),
  run: async ({ api, call }) => {
    const [now, dateNow] = [performance.now, Date.now];
    const called = call(() => api.get("/me"));
    await sleep(100);
    performance.now = () => 0;
    Date.now = () => 0;
    await called.finally(() => {
      performance.now = now;
      Date.now = dateNow;
    });
  },
};

/** What comes back, and with what status. */
export const RESPONSE_SCENARIOS: readonly Scenario[] = [
  ...PLAIN,
  ...FAILED,
  ...BY_OPTION,
  unknownMethod,
  redirected,
  redirectLoop,
  slow,
  slowBody,
  stoppedClock,
];
