import { INTERCOM_ERRORS } from "@intercom-telemetry/core/facts";
import { describe, expect, it } from "vitest";
import { classifyResponse, errorList } from "../support/classify.ts";
import { describePath } from "../support/describe-path.ts";

describe("codes", () => {
  it.each(INTERCOM_ERRORS.map((entry) => [entry.code, entry] as const))(
    "%s is classified as the catalog says",
    (code, entry) => {
      const status = entry.typicalStatus ?? 400;
      const elsewhere = describePath("POST", "/tags");
      const { error } = classifyResponse(status, errorList({ code }), {}, elsewhere);
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
    "one that nobody has documented is classified by its status (%i), and shares a label",
    (status, retryable, category) => {
      const { error } = classifyResponse(status, errorList({ code: "invented_yesterday" }));
      expect(error).toMatchObject({ code: "other", rawCode: "invented_yesterday", retryable });
      expect([category, "validation"]).toContain(error?.category);
    },
  );

  it.each(["timeout", "canceled", "dns"])("a server cannot claim the transport code %s", (code) => {
    const { error, canceled } = classifyResponse(400, errorList({ code }));
    expect(error).toMatchObject({ code: "other", rawCode: code });
    expect(canceled).toBe(false);
  });

  it("case matters, as it does to Intercom", () => {
    expect(classifyResponse(409, errorList({ code: "Conflict" })).error).toMatchObject({
      code: "other",
      rawCode: "other",
    });
  });

  it("prototype names are not codes of the catalog", () => {
    for (const code of ["constructor", "toString", "hasOwnProperty"]) {
      expect(classifyResponse(400, errorList({ code })).error).toMatchObject({ code: "other" });
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
    expect(classifyResponse(status, "").error).toMatchObject({ code, retryable });
  });

  it.each([100, 101, 200, 201, 202, 204, 206, 301, 302, 304, 307, 399])("%i is not an error", (status) => {
    expect(classifyResponse(status, "").error).toBeUndefined();
  });
});

describe("routes on which a code means something else", () => {
  it("a scroll that broke must start again, so that its 500 is not retryable", () => {
    const scroll = describePath("GET", "/companies/scroll");
    expect(classifyResponse(500, "", {}, scroll).error).toMatchObject({
      code: "server_error",
      retryable: false,
      retryMode: "none",
    });
  });

  it("a team that somebody else changed can be changed again", () => {
    expect(
      classifyResponse(409, errorList({ code: "conflict" }), {}, describePath("PUT", "/teams/1")).error,
    ).toMatchObject({
      retryable: true,
      retryMode: "backoff",
    });
    expect(
      classifyResponse(409, errorList({ code: "conflict" }), {}, describePath("GET", "/teams/1")).error
        ?.retryable,
    ).toBe(false);
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
    const { error } = classifyResponse(
      429,
      errorList({ code: "rate_limit_exceeded", message }),
      {},
      describePath(method, path),
    );
    expect(error).toMatchObject({ retryable: true, retryMode });
  });
});
