import { type FaultAction, RATE_HEADER_FAULTS } from "@intercom-telemetry/simulator";
import { describe, expect, it } from "vitest";
import { startMeasuredApi } from "../support/measured-api.ts";
import { attributesOf } from "../support/spans.ts";
import { TRANSPORTS } from "../support/transports.ts";

const STATUSES = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 413, 415, 418, 422, 429] as const;
const SERVER_STATUSES = [500, 501, 502, 503, 504, 507, 520, 599] as const;
const CODES: readonly [number, string][] = [
  [429, "rate_limit_exceeded"],
  [429, "too_many_requests"],
  [500, "server_error"],
  [503, "service_unavailable"],
  [400, "scroll_exists"],
  [409, "sync_in_progress"],
  [401, "token_unauthorized"],
  [401, "token_revoked"],
  [403, "action_forbidden"],
  [404, "company_not_found"],
  [409, "unique_user_constraint"],
  [400, "parameter_invalid"],
  [400, "intercom_version_invalid"],
  [422, "payload_too_large"],
];
const BARE = ["html", "empty", "no_errors", "null_body", "cut_json", "numeric_code", "long_code"] as const;

const ACTIONS: readonly FaultAction[] = [
  ...[...STATUSES, ...SERVER_STATUSES].flatMap((status) => [
    { kind: "html", status } as const,
    { kind: "error_message", status } as const,
  ]),
  ...BARE.flatMap((kind) => [400, 404, 500, 503].map((status) => ({ kind, status }))),
  ...CODES.flatMap(([status, code]) => [
    { kind: "error_list", status, code } as const,
    { kind: "error_list", status, code, codeKey: "type", requestId: false } as const,
    { kind: "error_list", status: 200, code } as const,
    { kind: "error_list", status, code, more: [{ code: "not_found" }], field: "f", data: { a: 1 } } as const,
  ]),
  { kind: "error_list", status: 400, code: "invented_yesterday", retryable: false },
  { kind: "error_list", status: 503, code: "invented_yesterday", retryable: true },
  { kind: "error_key", key: "invalid_phone_number" },
  { kind: "error_key", status: 422, key: "sms_failed" },
  { kind: "errors_by_field" },
  { kind: "errors_by_field", status: 200 },
  { kind: "errors_by_field", status: 503 },
  { kind: "invalid_utf8", status: 409 },
  { kind: "oversized", status: 422 },
  { kind: "oversized", status: 503, bytes: 1_000_000 },
  { kind: "rate_limited", by: "window" },
  { kind: "rate_limited", by: "jobs" },
  { kind: "rate_limited", by: "overload", retryAfter: 1 },
  { kind: "not_modified" },
  { kind: "respond", status: 204 },
  { kind: "respond", status: 200, body: [1, 2] },
  { kind: "respond", status: 200, body: '{"a":"type\\":\\"error.list\\"' },
  { kind: "respond", status: 400, body: { errors: [null] } },
  { kind: "respond", status: 400, body: { errors: "text" } },
  { kind: "respond", status: 400, body: [{ code: "not_found" }] },
  { kind: "respond", status: 400, body: '"a string"' },
  { kind: "respond", status: 404, body: { errors: [{ code: 404 }] } },
  { kind: "reset" },
  { kind: "cut_body" },
  { kind: "cut_body", response: { kind: "error_list", status: 404, code: "not_found" } },
  { kind: "cut_body", response: { kind: "html", status: 502 } },
  { kind: "gzip" },
  { kind: "gzip", response: { kind: "error_list", status: 409, code: "conflict" } },
  { kind: "corrupt_gzip" },
  { kind: "corrupt_gzip", response: { kind: "error_list", status: 409, code: "conflict" } },
  { kind: "slow_headers", seconds: 0.05 },
  { kind: "slow_body", seconds: 0.05 },
  { kind: "slow_body", seconds: 0.05, response: { kind: "error_list", status: 404, code: "not_found" } },
  ...RATE_HEADER_FAULTS.map((fault) => ({ kind: "rate_headers", fault }) as const),
];

describe.each(TRANSPORTS)("$name", (transport) => {
  it("classifies each response that the simulator can give as the simulator meant it", async () => {
    const { api, simulator, tracing, mismatches } = await startMeasuredApi(transport, {
      simulator: { script: { rules: [{ sequence: ACTIONS }] } },
    });
    for (const [index, action] of ACTIONS.entries()) {
      await api
        .get("/admins", { headers: { "x-simulator-correlation": String(index) } })
        .catch(() => undefined);
      await simulator.ledger.waitForIdle();
      const entry = simulator.ledger.entries().at(-1);
      const { errorCode, retryable, requestId } = attributesOf(tracing.spans().at(-1));
      const shown = JSON.stringify(action);
      expect(entry?.correlation, shown).toBe(String(index));
      expect({ errorCode, retryable }, shown).toEqual({
        errorCode: entry?.errorCode,
        retryable: entry?.retryable,
      });
      if (entry?.broken === undefined) expect(requestId, shown).toBe(entry?.requestId);
    }
    expect(simulator.ledger.entries().length).toBe(ACTIONS.length);
    expect(await mismatches()).toEqual([]);
  });

  it("reads from the headers exactly what the simulator sent, and nothing from broken ones", async () => {
    const { api, simulator, tracing } = await startMeasuredApi(transport, {
      simulator: {
        script: {
          rules: [{ sequence: RATE_HEADER_FAULTS.map((fault) => ({ kind: "rate_headers", fault })) }],
        },
      },
    });
    for (const fault of RATE_HEADER_FAULTS) {
      await api.get("/admins");
      const entry = simulator.ledger.entries().at(-1);
      const { rateLimit, rateLimitRemaining, rateLimitReset } = attributesOf(tracing.spans().at(-1));
      const milliseconds = fault === "reset_in_milliseconds";
      expect([rateLimit, rateLimitRemaining, rateLimitReset], fault).toEqual([
        entry?.limit,
        fault === "remaining_above_limit" ? undefined : entry?.remaining,
        milliseconds ? undefined : entry?.resetEpochSeconds,
      ]);
    }
  });

  it("classifies the two operations on which a code means something else", async () => {
    const { api, mismatches } = await startMeasuredApi(transport, {
      simulator: {
        script: {
          rules: [
            { match: { method: "PUT" }, action: { kind: "error_list", status: 409, code: "conflict" } },
            { action: { kind: "error_list", status: 500, code: "server_error" } },
          ],
        },
      },
    });
    const calls = [
      api.put("/teams/1", {}),
      api.put("/tags/1", {}),
      api.get("/companies/scroll"),
      api.get("/me"),
    ];
    await Promise.allSettled(calls);
    expect(await mismatches()).toEqual([]);
  });
});
