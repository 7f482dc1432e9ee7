import { classify, type Exchange, type Outcome } from "@intercom-telemetry/core";
import { INTERCOM_ERRORS } from "@intercom-telemetry/core/facts";
import { describe, expect, it } from "vitest";
import { describePath } from "../support/describe-path.ts";

const route = describePath("GET", "/contacts/1");

function judge(status: number, body?: unknown, more: Partial<Exchange> = {}, on = route): Outcome {
  const facts = { client: "c", method: "get", url: "", attempt: 1, durationSeconds: 0.1 };
  return classify({ ...facts, status, body, ...more }, on);
}

const list = (...errors: unknown[]) => ({ type: "error.list", request_id: "b68959ea6328bc4a8f9a", errors });
const conflict = { code: "conflict", category: "conflict", retryable: false };

describe("33: each shape of an error body", () => {
  it("shape 1: an error.list gives its code and request id", () => {
    const { error, requestId } = judge(409, list({ code: "conflict", message: "exists" }));
    expect(error).toMatchObject({ ...conflict, rawCode: "conflict", entries: 1 });
    expect(requestId).toBe("b68959ea6328bc4a8f9a");
  });

  it.each([
    ["shape 2: a field", list({ code: "conflict", field: "email" })],
    ["shape 3: data", list({ code: "conflict", data: { required_permissions: ["a"] } })],
    ["shape 14: type instead of code", list({ type: "conflict", message: "m" })],
    ["shape 15 of old servers: both", list({ type: "something", code: "conflict" })],
  ])("%s changes nothing", (_, body) => {
    expect(judge(409, body).error).toMatchObject(conflict);
  });

  it("shape 4: without a request id in the body the header has it; the body's wins", () => {
    const headers = (name: string) => (name === "x-request-id" ? "from-header" : undefined);
    expect(judge(409, { errors: [{ code: "conflict" }] }, { headers }).requestId).toBe("from-header");
    expect(judge(409, list({ code: "conflict" }), { headers }).requestId).toBe("b68959ea6328bc4a8f9a");
  });

  it("shape 5: errors keyed by field are a validation failure with the code of the status", () => {
    const { error } = judge(422, { errors: { conversation_id: "is not known", email: "is taken" } });
    expect(error).toMatchObject({
      code: "unprocessable_entity",
      category: "validation",
      retryable: false,
      entries: 2,
    });
  });

  it("shape 6: the same with 200 is a success with warnings", () => {
    expect(judge(200, { type: "fin", errors: { user: { attributes: {} } } }).error).toBeUndefined();
  });

  it("shape 7: type error with a message only is judged by its status", () => {
    const body = { type: "error", request_id: "r-1", message: "Unknown ruleset" };
    const { error, requestId } = judge(500, body);
    expect(error).toMatchObject({ code: "server_error", retryable: true, entries: 0 });
    expect(requestId).toBe("r-1");
  });

  it("shape 8: an error_key is a code", () => {
    expect(judge(400, { error_key: "invalid_phone_number" }).error).toMatchObject({
      code: "invalid_phone_number",
      category: "validation",
      retryable: false,
    });
    expect(judge(422, { error_key: "sms_failed", message: "m" }).error).toMatchObject({ code: "sms_failed" });
  });

  it.each([
    ["shape 9: HTML", "<html><body>502 Bad Gateway</body></html>"],
    ["shape 10: nothing", ""],
    ["shape 10: no body at all", undefined],
    ["shape 11: no errors", list()],
    ["shape 11: null", null],
    ["shape 11: the text null", "null"],
    ["shape 11: cut short", '{"type":"error.list","errors":[{"co'],
    ["an array", [{ code: "conflict" }]],
    ["a number", 7],
    ["a string as JSON", '"conflict"'],
    ["bytes of HTML", Buffer.from("<html>")],
    ["a stream", { pipe: () => undefined, errors: [{ code: "conflict" }] }],
    ["an array of nothing", list(null, { code: "conflict" })],
    ["shape 13: a numeric code", list({ code: "502" })],
    ["shape 13: a number as code", list({ code: 502 })],
    ["a code of 5 kB", list({ code: "x".repeat(5000) })],
    ["a code with a space", list({ code: "not a code" })],
    ["an e-mail as code", list({ code: "jane@example.com" })],
    ["an object as code", list({ code: { toString: () => "conflict" } })],
    ["errors as text", { errors: "conflict" }],
    ["more than 64 KiB", JSON.stringify(list({ code: "conflict", message: "x".repeat(65_536) }))],
    [
      "more than 64 KiB of bytes",
      Buffer.from(JSON.stringify(list({ code: "conflict", m: "x".repeat(65_536) }))),
    ],
  ])("%s says nothing usable, and the status judges", (_, body) => {
    expect(judge(502, body).error).toMatchObject({
      code: "bad_gateway",
      rawCode: "bad_gateway",
      category: "server",
      retryable: true,
      retryMode: "backoff",
    });
  });

  it("shape 12: of several entries the first one counts, and their number is kept", () => {
    const { error } = judge(409, list({ code: "conflict" }, { code: "not_found" }, { code: "forbidden" }));
    expect(error).toMatchObject({ ...conflict, entries: 3 });
  });

  it.each([
    ["an object", list({ code: "conflict" })],
    ["text", JSON.stringify(list({ code: "conflict" }))],
    ["text with spaces", JSON.stringify(list({ code: "conflict" }), null, 2)],
    ["bytes", Buffer.from(JSON.stringify(list({ code: "conflict" })))],
    ["an ArrayBuffer", new TextEncoder().encode(JSON.stringify(list({ code: "conflict" }))).buffer],
  ])("shape 15: an error.list on a 2xx is a failure (%s)", (_, body) => {
    expect(judge(200, body)).toMatchObject({ status: 200, error: conflict });
    expect(judge(409, body)).toMatchObject({ status: 409, error: conflict });
  });

  it("shape 15: a 200 that merely mentions error.list is a success", () => {
    expect(judge(200, '{"name":"error.list\\"","type":"contact"}').error).toBeUndefined();
    expect(judge(200, { type: "list", data: [{ type: "error.list" }] }).error).toBeUndefined();
    const late = `{"data":"${"x".repeat(300)}","type":"error.list","errors":[{"code":"conflict"}]}`;
    expect(judge(200, late).error).toBeUndefined();
  });

  it("an error.list on a 200 without a usable code is an unknown failure", () => {
    expect(judge(200, list()).error).toMatchObject({ code: "other", category: "unknown", retryable: false });
  });
});

describe("codes", () => {
  it.each(INTERCOM_ERRORS.map((entry) => [entry.code, entry] as const))(
    "%s is judged as the catalogue says",
    (code, entry) => {
      const status = entry.typicalStatus ?? 400;
      const elsewhere = describePath("POST", "/tags");
      const { error } = judge(status, list({ code }), {}, elsewhere);
      expect(error).toEqual({
        code,
        rawCode: code,
        category: entry.category,
        retryable: entry.retryable,
        retryMode: entry.retryMode,
        entries: 1,
      });
    },
  );

  it.each([
    [400, false, "client"],
    [404, false, "not_found"],
    [429, true, "rate_limit"],
    [500, true, "server"],
  ])(
    "one that nobody has documented is judged by its status (%i), and shares a label",
    (status, retryable, category) => {
      const { error } = judge(status, list({ code: "invented_yesterday" }));
      expect(error).toMatchObject({ code: "other", rawCode: "invented_yesterday", retryable });
      expect([category, "validation"]).toContain(error?.category);
    },
  );

  it.each(["timeout", "canceled", "dns"])("a server cannot claim the transport code %s", (code) => {
    const { error, canceled } = judge(400, list({ code }));
    expect(error).toMatchObject({ code: "other", rawCode: code });
    expect(canceled).toBe(false);
  });

  it("case matters, as it does to Intercom", () => {
    expect(judge(409, list({ code: "Conflict" })).error).toMatchObject({
      code: "other",
      rawCode: "Conflict",
    });
  });

  it("prototype names are no codes of the catalogue", () => {
    for (const code of ["constructor", "toString", "hasOwnProperty"]) {
      expect(judge(400, list({ code })).error).toMatchObject({ code: "other" });
    }
  });
});

describe("statuses without a usable body", () => {
  it.each([
    [400, "bad_request", false],
    [401, "unauthorized", false],
    [402, "api_plan_restricted", false],
    [403, "forbidden", false],
    [404, "not_found", false],
    [405, "method_not_allowed", false],
    [406, "not_acceptable", false],
    [408, "request_timeout", true],
    [409, "conflict", false],
    [410, "contact_merged", false],
    [413, "payload_too_large", false],
    [415, "unsupported_media_type", false],
    [418, "client_error", false],
    [422, "unprocessable_entity", false],
    [429, "rate_limit_exceeded", true],
    [500, "server_error", true],
    [502, "bad_gateway", true],
    [503, "service_unavailable", true],
    [504, "gateway_timeout", true],
    [599, "server_error", true],
  ])("%i is %s", (status, code, retryable) => {
    expect(judge(status, "").error).toMatchObject({ code, retryable });
  });

  it.each([100, 101, 200, 201, 202, 204, 206, 301, 302, 304, 307, 399])("%i is no error", (status) => {
    expect(judge(status, "").error).toBeUndefined();
  });
});

describe("routes on which a code means something else", () => {
  it("a scroll that broke must start again, so that its 500 is not retryable", () => {
    const scroll = describePath("GET", "/companies/scroll");
    expect(judge(500, "", {}, scroll).error).toMatchObject({
      code: "server_error",
      retryable: false,
      retryMode: "none",
    });
  });

  it("a team that somebody else changed can be changed again", () => {
    expect(judge(409, list({ code: "conflict" }), {}, describePath("PUT", "/teams/1")).error).toMatchObject({
      retryable: true,
      retryMode: "backoff",
    });
    expect(judge(409, list({ code: "conflict" }), {}, describePath("GET", "/teams/1")).error?.retryable).toBe(
      false,
    );
  });

  it.each([
    ["of the window", "/contacts/1", "Exceeded rate limit of 166 in 10_seconds", "after_reset"],
    [
      "of jobs",
      "/contacts/1",
      "Exceeded rate limit of 1 pending message data export jobs",
      "wait_for_condition",
    ],
    ["on an export route", "/export/content/data", "too many", "wait_for_condition"],
    ["of the window on an export route", "/export/content/data", "of 166 in 10_seconds", "after_reset"],
  ])("a 429 %s says what to wait for", (_, path, message, retryMode) => {
    const method = path.startsWith("/export") ? "POST" : "GET";
    const { error } = judge(
      429,
      list({ code: "rate_limit_exceeded", message }),
      {},
      describePath(method, path),
    );
    expect(error).toMatchObject({ retryable: true, retryMode });
  });
});

it("33: bodies and headers that throw when they are read cost their own fact only", () => {
  const explode = () => {
    throw new Error("getter");
  };
  const body = Object.defineProperty({}, "errors", { get: explode, enumerable: true });
  expect(judge(404, body)).toMatchObject({ status: 404, error: { code: "not_found" } });
  expect(judge(200, "{}", { headers: explode })).toMatchObject({ status: 200 });
  expect(judge(200, "{}", { headers: explode }).error).toBeUndefined();
});

it.each([0, -1, 99, 1000, 200.5, Number.NaN, Number.POSITIVE_INFINITY])(
  "a status that HTTP does not have (%d) is no answer",
  (status) => {
    const { status: seen, error } = judge(status, "{}");
    expect(seen).toBeUndefined();
    expect(error).toMatchObject({ category: "transport" });
  },
);

it("the attempt is told as the number of resends", () => {
  expect([1, 2, 5].map((attempt) => judge(200, "", { attempt }).resendCount)).toEqual([0, 1, 4]);
});

it("the description of a request is one object for all requests to an operation", () => {
  expect(describePath("get", "/contacts/2")).toBe(route);
});
