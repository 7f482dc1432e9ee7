import {
  classify,
  type Ending,
  explainEnding,
  explainOutcome,
  type Operation,
} from "@intercom-telemetry/core";
import { ALL_ERRORS, isTransportCode, OPERATION_EXCEPTIONS } from "@intercom-telemetry/core/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toOutcome } from "../support/classify.ts";

const REQUEST_ID = "b68959ea6328bc4a8f9a";

const list = (code: string, message = "") => ({
  type: "error.list",
  request_id: REQUEST_ID,
  errors: [{ code, message }],
});

/** Explains a response or failure; without a status the body is that of a failure. */
const explain = (
  { status, ...rest }: { status?: number; body?: unknown } | { failureCode: string; status?: undefined },
  operation?: Operation,
) => explainEnding(("failureCode" in rest ? rest : { status, ...rest }) as Ending, operation);

describe("explainEnding", () => {
  it("says code, category, whether a retry can help, cause, action, status and request id as the catalog has them", () => {
    const explanation = explain({ status: 401, body: list("unauthorized", "Access Token Invalid") });
    expect(explanation).toMatchObject({
      code: "unauthorized",
      category: "auth",
      retryable: false,
      retryMode: "none",
      status: 401,
      requestId: REQUEST_ID,
      cause: expect.stringContaining("No valid credentials"),
      action: expect.stringContaining("Authorization header"),
    });
  });

  it("puts all of it into one line, with the route where it is known", () => {
    const operation = { method: "GET", template: "/contacts/{id}" };
    const { line } = explain({ status: 404, body: list("not_found") }, operation) ?? { line: "" };
    expect(line).toMatch(
      /^404 not_found on GET \/contacts\/\{id\} \(not_found\): .+ \[.+; request id [0-9a-z]{20}\]$/,
    );
  });

  it("explains every code of the catalog with its own cause and action", () => {
    for (const { code, statuses } of ALL_ERRORS) {
      const explanation = isTransportCode(code)
        ? explain({ failureCode: code })
        : explain({ status: statuses[0] ?? 400, body: list(code) });
      expect(explanation?.code, code).toBe(code);
      expect(explanation?.cause, code).toMatch(/\S{3}/);
      expect(explanation?.action, code).toMatch(/\S{3}/);
      expect(explanation?.line, code).not.toContain("undefined");
    }
  });

  it("explains a bare status by the status table", () => {
    expect(explain({ status: 502, body: "<html>" })).toMatchObject({
      code: "bad_gateway",
      retryable: true,
    });
  });

  it("needs no status: a body alone is taken for that of a failure", () => {
    const explanation = explain({ body: list("scroll_exists") });
    expect(explanation).toMatchObject({ code: "scroll_exists", minWaitSeconds: 60 });
    expect(explanation).not.toHaveProperty("status");
  });

  it("says of an undocumented code that it is one, and goes by the status", () => {
    expect(explain({ status: 422, body: list("brand_new") })).toMatchObject({
      code: "brand_new",
      category: "validation",
      cause: expect.stringContaining("No documentation lists this code; its status means: "),
    });
    expect(explain({ body: list("brand_new") })?.cause).toBe("No documentation lists this code.");
  });

  it.each(OPERATION_EXCEPTIONS)(
    "gives the advice of the operation for $code on $method $template",
    (exception) => {
      const { method, template, code, retryable } = exception;
      const body = list(code);
      const status = code === "conflict" ? 409 : 500;
      const elsewhere = explain({ status, body })?.action;
      expect(explain({ status, body }, { method, template })).toMatchObject({
        action: expect.not.stringContaining(elsewhere ?? ""),
        retryable,
      });
    },
  );

  it("tells a limit of export jobs from a used up window", () => {
    const jobs = list("rate_limit_exceeded", "Exceeded rate limit of 1 pending message data export jobs");
    expect(explain({ status: 429, body: jobs })?.action).toContain("pending job");
    expect(explain({ status: 429, body: list("rate_limit_exceeded") })?.action).toContain(
      "X-RateLimit-Reset",
    );
  });

  it("has nothing to explain about a response that is not a failure", () => {
    expect(explain({ status: 200, body: "{}" })).toBeUndefined();
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
          const text = JSON.stringify(explain({ ...(status === undefined ? {} : { status }), body })) ?? "";
          for (const part of secret.split(" ")) expect(text).not.toContain(part);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("explainOutcome", () => {
  const operation = { method: "POST", template: "/contacts" };
  const outcome = toOutcome(classify({ failureCode: "timeout" }, operation), operation);

  it("explains what an onOutcome function is given", () => {
    expect(explainOutcome(outcome)).toMatchObject({
      code: "timeout",
      method: "POST",
      urlTemplate: "/contacts",
    });
  });

  it("is undefined for a request that succeeded", () => {
    expect(explainOutcome({ ...outcome, status: 200, error: undefined })).toBeUndefined();
  });
});
