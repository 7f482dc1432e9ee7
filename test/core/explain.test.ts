import { explainAnswer, explainOutcome, type Outcome } from "@intercom-telemetry/core";
import { ALL_ERRORS, ROUTE_EXCEPTIONS } from "@intercom-telemetry/core/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const list = (code: string, message = "") => ({
  type: "error.list",
  request_id: "r1",
  errors: [{ code, message }],
});
const route = (method: string, template: string) => ({ method, template });

describe("explainAnswer", () => {
  it("says code, category, retryability, cause, action, status and request id as the catalogue has them", () => {
    const explanation = explainAnswer({ status: 401, body: list("unauthorized", "Access Token Invalid") });
    expect(explanation).toMatchObject({
      code: "unauthorized",
      category: "auth",
      retryable: false,
      retryMode: "none",
      status: 401,
      requestId: "r1",
      cause: expect.stringContaining("No valid credentials"),
      action: expect.stringContaining("Authorization header"),
    });
  });

  it("puts all of it into one line, with the route where it is known", () => {
    const { line } = explainAnswer({
      status: 404,
      body: list("not_found"),
      route: route("GET", "/contacts/{id}"),
    }) ?? { line: "" };
    expect(line).toMatch(/^404 not_found on GET \/contacts\/\{id\} \(not_found\): .+ \[.+; request id r1\]$/);
  });

  it("explains every code of the catalogue with a cause and an action of its own", () => {
    for (const { code, category, statuses } of ALL_ERRORS) {
      const ofTransport = category === "transport" || category === "canceled";
      const explanation = ofTransport
        ? explainAnswer({ failure: { code } })
        : explainAnswer({ status: statuses[0] ?? 400, body: list(code) });
      expect(explanation?.code, code).toBe(code);
      expect(explanation?.cause, code).toMatch(/\S{3}/);
      expect(explanation?.action, code).toMatch(/\S{3}/);
      expect(explanation?.line, code).not.toContain("undefined");
    }
  });

  it("explains a bare status by the status table", () => {
    expect(explainAnswer({ status: 502, body: "<html>" })).toMatchObject({
      code: "bad_gateway",
      retryable: true,
    });
  });

  it("needs no status: a body alone is taken for that of a failure", () => {
    const explanation = explainAnswer({ body: list("scroll_exists") });
    expect(explanation).toMatchObject({ code: "scroll_exists", minWaitSeconds: 60 });
    expect(explanation).not.toHaveProperty("status");
  });

  it("says of an undocumented code that it is one, and judges by the status", () => {
    expect(explainAnswer({ status: 422, body: list("brand_new") })).toMatchObject({
      code: "brand_new",
      category: "validation",
      cause: expect.stringContaining("No documentation has this code; what its status means: "),
    });
    expect(explainAnswer({ body: list("brand_new") })?.cause).toBe("No documentation has this code.");
  });

  it.each(ROUTE_EXCEPTIONS)("gives the advice of the route for $code on $method $template", (exception) => {
    const { method, template, code, action, retryable } = exception;
    const body = list(code);
    const status = code === "conflict" ? 409 : 500;
    expect(explainAnswer({ status, body, route: route(method, template) })).toMatchObject({
      action,
      retryable,
    });
    expect(explainAnswer({ status, body })?.action).not.toBe(action);
  });

  it("tells a limit of export jobs from a used up window", () => {
    const jobs = list("rate_limit_exceeded", "Exceeded rate limit of 1 pending message data export jobs");
    expect(explainAnswer({ status: 429, body: jobs })?.action).toContain("pending job");
    expect(explainAnswer({ status: 429, body: list("rate_limit_exceeded") })?.action).toContain(
      "X-RateLimit-Reset",
    );
  });

  it("has nothing to explain about an answer that is no failure", () => {
    expect(explainAnswer({ status: 200, body: "{}" })).toBeUndefined();
  });

  it("never throws and never repeats a message, whatever the body", () => {
    const secret = "jane.doe@example.com +442079460958 dG9rOnNlY3JldA==";
    const bodies = fc.oneof(
      fc.anything(),
      fc.string().map((text) => text + secret),
      fc.record({
        type: fc.constant("error.list"),
        errors: fc.array(fc.record({ code: fc.anything(), message: fc.constant(secret) })),
      }),
      fc.record({ errors: fc.dictionary(fc.string(), fc.constant(secret)), request_id: fc.constant(secret) }),
    );
    fc.assert(
      fc.property(
        bodies,
        fc.option(fc.integer({ min: -1, max: 700 }), { nil: undefined }),
        (body, status) => {
          const text = JSON.stringify(explainAnswer({ status, body })) ?? "";
          for (const part of secret.split(" ")) expect(text).not.toContain(part);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("explainOutcome", () => {
  const outcome: Outcome = {
    client: "default",
    method: "POST",
    endpoint: "/contacts",
    status: undefined,
    canceled: false,
    retryCount: 0,
    durationSeconds: 1,
    error: {
      code: "timeout",
      rawCode: "timeout",
      category: "transport",
      retryable: true,
      retryMode: "backoff",
      entries: 0,
    },
  };

  it("explains what an onOutcome function is given", () => {
    expect(explainOutcome(outcome)).toMatchObject({ code: "timeout", method: "POST", endpoint: "/contacts" });
  });

  it("is undefined for a request that succeeded", () => {
    expect(explainOutcome({ ...outcome, status: 200, error: undefined })).toBeUndefined();
  });
});
