import type { FaultAction, LedgerEntry } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { call, start } from "./support.ts";

type Row = [action: FaultAction, ledger: Partial<LedgerEntry>, body: string | RegExp];

const failed = (status: number, errorCode: string, retryable: boolean) => ({ status, errorCode, retryable });

/** Each scripted response, what the ledger must say of it, and its body (`ID` stands for the request id). */
const ROWS: readonly Row[] = [
  [
    { kind: "error_list", status: 404, code: "not_found", message: "Gone" },
    failed(404, "not_found", false),
    '{"type":"error.list","request_id":"ID","errors":[{"code":"not_found","message":"Gone"}]}',
  ],
  [
    { kind: "error_list", status: 400, code: "parameter_invalid", message: "No", field: "state" },
    failed(400, "parameter_invalid", false),
    /"message":"No","field":"state"\}\]/,
  ],
  [
    { kind: "error_list", status: 403, code: "action_forbidden", data: { required_permissions: ["a"] } },
    failed(403, "action_forbidden", false),
    /"data":\{"required_permissions":\["a"\]\}/,
  ],
  [
    { kind: "error_list", status: 401, code: "unauthorized", requestId: false },
    failed(401, "unauthorized", false),
    /^\{"type":"error.list","errors"/,
  ],
  [
    { kind: "error_list", status: 422, code: "parameter_invalid", more: [{ code: "conflict" }] },
    failed(422, "parameter_invalid", false),
    /\},\{"code":"conflict"\}\]/,
  ],
  [
    { kind: "error_list", status: 404, code: "not_found", codeKey: "type" },
    failed(404, "not_found", false),
    /\[\{"type":"not_found"/,
  ],
  [
    { kind: "error_list", status: 200, code: "server_error" },
    failed(200, "server_error", true),
    /"code":"server_error"/,
  ],
  [
    { kind: "error_list", status: 418, code: "brand_new", retryable: true },
    failed(418, "brand_new", true),
    /"code":"brand_new"/,
  ],
  [
    { kind: "errors_by_field", fields: { rating: "is not a number" } },
    failed(422, "unprocessable_entity", false),
    '{"errors":{"rating":"is not a number"}}',
  ],
  [{ kind: "errors_by_field", status: 200 }, { status: 200 }, /^\{"errors":\{/],
  [
    { kind: "error_message", status: 500, message: "Sorry" },
    failed(500, "server_error", true),
    '{"type":"error","request_id":"ID","message":"Sorry"}',
  ],
  [
    { kind: "error_key", key: "invalid_phone_number" },
    failed(400, "invalid_phone_number", false),
    '{"error_key":"invalid_phone_number"}',
  ],
  [{ kind: "html", status: 500 }, failed(500, "server_error", true), /^<html>.*500 Internal Server Error/s],
  [{ kind: "html", status: 502 }, failed(502, "bad_gateway", true), /502 Bad Gateway/],
  [{ kind: "html", status: 504 }, failed(504, "gateway_timeout", true), /504 Gateway Timeout/],
  [{ kind: "empty", status: 503 }, failed(503, "service_unavailable", true), ""],
  [
    { kind: "no_errors", status: 422 },
    failed(422, "unprocessable_entity", false),
    '{"type":"error.list","request_id":"ID","errors":[]}',
  ],
  [{ kind: "null_body", status: 400 }, failed(400, "bad_request", false), "null"],
  [{ kind: "cut_json", status: 409 }, failed(409, "conflict", false), /\[\{"co$/],
  [{ kind: "cut_json", status: 200 }, { status: 200 }, /"na$/],
  [{ kind: "numeric_code", status: 400 }, failed(400, "bad_request", false), /"code":"400"/],
  [{ kind: "long_code", status: 404 }, failed(404, "not_found", false), /"code":"[a-z_]{5000}"/],
  [{ kind: "invalid_utf8", status: 422 }, failed(422, "unprocessable_entity", false), /\ufffd/],
  [
    { kind: "oversized", status: 500 },
    failed(500, "server_error", true),
    /"code":"server_error","message":"x{70000}"/,
  ],
  [{ kind: "rate_limited", by: "window" }, failed(429, "rate_limit_exceeded", true), /of 1667 in 10_seconds/],
  [
    { kind: "rate_limited", by: "jobs" },
    failed(429, "rate_limit_exceeded", true),
    /1 pending message data export/,
  ],
  [
    { kind: "rate_limited", by: "overload" },
    failed(429, "too_many_requests", true),
    /"code":"too_many_requests"/,
  ],
  [{ kind: "redirect", to: "/me", status: 307 }, { status: 307 }, ""],
  [{ kind: "not_modified" }, { status: 304 }, ""],
  [{ kind: "respond", status: 200, body: "plain" }, { status: 200 }, "plain"],
  [{ kind: "respond", status: 451, body: [1] }, failed(451, "client_error", false), "[1]"],
  [
    { kind: "respond", status: 599, body: {}, means: { code: "made_up", retryable: false } },
    failed(599, "made_up", false),
    "{}",
  ],
];

test.each(ROWS)("%j gets its response, and the ledger says what it means", async (action, ledger, body) => {
  const simulator = await start({ script: { rules: [{ action }] } });
  const response = await call(simulator, "/contacts/1", { redirect: "manual" });
  const text = await response.text();
  const [entry] = simulator.ledger.entries();
  expect(response.status).toBe(ledger.status);
  const expected = typeof body === "string" ? body.replace("ID", entry?.requestId ?? "") : body;
  if (typeof expected === "string") expect(text).toBe(expected);
  else expect(text).toMatch(expected);
  const { status, errorCode, retryable, broken } = entry ?? {};
  expect({ status, errorCode, retryable, broken }).toEqual({
    errorCode: undefined,
    retryable: undefined,
    broken: undefined,
    ...ledger,
  });
});

test.each([[{ kind: "html", status: 502 } as const], [{ kind: "empty", status: 503 } as const]])(
  "%j comes from a gateway: no rate-limit headers, no request id, no quota used",
  async (action) => {
    const simulator = await start({ script: { rules: [{ times: 1, action }] } });
    const { headers } = await call(simulator, "/me");
    expect([...headers.keys()].filter((name) => name.startsWith("x-"))).toEqual([]);
    expect(simulator.ledger.entries()[0]).not.toHaveProperty("requestId");
    expect((await call(simulator, "/me")).headers.get("x-ratelimit-remaining")).toBe("1666");
  },
);

test.each([
  ["window", "0"],
  ["jobs", "1666"],
  ["overload", "1666"],
] as const)("a 429 by %s leaves %s in the headers and in the ledger", async (by, remaining) => {
  const simulator = await start({
    script: { rules: [{ action: { kind: "rate_limited", by, retryAfter: 3 } }] },
  });
  const { headers } = await call(simulator, "/me");
  expect(headers.get("x-ratelimit-remaining")).toBe(remaining);
  expect(headers.get("retry-after")).toBe("3");
  expect(simulator.ledger.entries()).toMatchObject([{ remaining: Number(remaining), limit: 1667 }]);
});

test("a redirect to itself keeps its query and goes round for ever", async () => {
  const simulator = await start({ script: { rules: [{ action: { kind: "redirect", to: "self" } }] } });
  const { headers } = await call(simulator, "/contacts?per_page=2", { redirect: "manual" });
  expect(headers.get("location")).toBe("/contacts?per_page=2");
  await expect(call(simulator, "/contacts")).rejects.toMatchObject({
    cause: { message: "redirect count exceeded" },
  });
});

test("for two operations a code means something else for a retry", async () => {
  const simulator = await start({
    script: {
      rules: [
        { match: { urlTemplate: "/companies/scroll" }, action: { kind: "empty", status: 500 } },
        {
          match: { urlTemplate: "/teams/{id}" },
          action: { kind: "error_list", status: 409, code: "conflict" },
        },
      ],
    },
  });
  await call(simulator, "/companies/scroll");
  await call(simulator, "/teams/1", { method: "PUT", body: {} });
  expect(simulator.ledger.entries().map(({ errorCode, retryable }) => [errorCode, retryable])).toEqual([
    ["server_error", false],
    ["conflict", true],
  ]);
});

test("headers of a script win over the usual ones", async () => {
  const headers = { "X-Request-Id": "mine", "x-ratelimit-limit": "5" };
  const simulator = await start({
    script: { rules: [{ action: { kind: "respond", status: 200, headers } }] },
  });
  const response = await call(simulator, "/me");
  expect([response.headers.get("x-request-id"), response.headers.get("x-ratelimit-limit")]).toEqual([
    "mine",
    "5",
  ]);
});
