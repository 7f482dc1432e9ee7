import { classify, type Exchange, findOperation, type Outcome } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { readApiVersion } from "../../packages/core/src/classify/api-version.ts";
import { matchOperation } from "../../packages/core/src/classify/operation-matcher.ts";
import type { RequestTarget } from "../../packages/core/src/classify/request-target.ts";

const target = (path: string): RequestTarget => ({
  protocol: "https:",
  hostname: "api.intercom.io",
  address: "api.intercom.io",
  port: 443,
  basePath: "",
  path,
  query: "",
});

interface Facts extends Partial<Omit<Exchange, "headers">> {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function judge({ path = "/me", headers, ...facts }: Facts): Outcome {
  const given = { client: "c", method: "GET", url: "", attempt: 1, durationSeconds: 0, ...facts };
  const reader = headers && { headers: (name: string) => headers[name] };
  return classify({ ...given, ...reader }, findOperation(given.method, target(path)));
}

const errorList = (...errors: unknown[]) => ({ type: "error.list", errors });

describe("a request is described", () => {
  it.each([
    ["get", "GET"],
    ["Get", "GET"],
    ["pAtCh", "PATCH"],
    ["OPTIONS", "OPTIONS"],
    ["purge", "_OTHER"],
    ["", "_OTHER"],
  ])("with method %j as %s", (given, method) => {
    expect(findOperation(given, target("/nowhere"))).toEqual({ method, template: "unmatched" });
  });

  it("by the same object each time, on a known path and on an unknown one", () => {
    for (const path of ["/contacts/1", "/nowhere"]) {
      expect(findOperation("get", target(path))).toBe(findOperation("GET", target(path)));
    }
    expect(findOperation("GET", target("/contacts/1"))).not.toBe(
      findOperation("HEAD", target("/contacts/1")),
    );
  });

  it("up to a path of 2,048 characters, and only from its beginning", () => {
    const longest = `/contacts/${"x".repeat(2038)}`;
    expect(matchOperation("GET", longest)?.template).toBe("/contacts/{id}");
    expect(matchOperation("GET", `${longest}x`)).toBeUndefined();
    expect(matchOperation("GET", "xme")).toBeUndefined();
  });

  it("also when a word of the path is percent-encoded, or cannot be decoded", () => {
    expect(findOperation("GET", target("/%63ontacts/1")).template).toBe("/contacts/{id}");
    expect(findOperation("GET", target("/contacts/%E0%A4%A")).template).toBe("/contacts/{id}");
    expect(findOperation("GET", target("/%E0%A4%A")).template).toBe("unmatched");
  });
});

describe("Intercom-Version", () => {
  it.each(["1.0", "2.17", "Preview", "Unstable", "x".repeat(16)])("%s is one", (version) => {
    expect(readApiVersion(version)).toBe(version);
  });
  it.each(["", "2.11 ", "x".repeat(17), "a@b", "2.11\n", 2.11, null, undefined, ["2.11"]])(
    "%j is none",
    (value) => {
      expect(readApiVersion(value)).toBeUndefined();
    },
  );
});

describe("rate-limit headers", () => {
  const read = (headers: Readonly<Record<string, string>>) => judge({ status: 200, headers }).rateLimit;

  it.each([
    ["x-ratelimit-limit", "10", { limit: 10 }],
    ["x-ratelimit-limit", "0", {}],
    ["x-ratelimit-remaining", "3", { remaining: 3 }],
    ["x-ratelimit-remaining", "0", { remaining: 0 }],
    ["x-ratelimit-reset", "1000000000", { resetEpochSeconds: 1_000_000_000 }],
    ["x-ratelimit-reset", "999999999", {}],
    ["x-ratelimit-reset", "9999999999", { resetEpochSeconds: 9_999_999_999 }],
  ])("%s alone, saying %s, are read for what they are", (name, value, expected) => {
    const found = read({ [name]: value });
    expect(found).toBeDefined();
    expect(JSON.parse(JSON.stringify(found))).toEqual(expected);
  });

  it("are nothing when none of the three is a number", () => {
    expect(read({ "x-ratelimit-limit": "many", "x-ratelimit-reset": "12345678901" })).toBeUndefined();
  });

  it("may say that all is left, and not that more is", () => {
    expect(read({ "x-ratelimit-limit": "10", "x-ratelimit-remaining": "10" })?.remaining).toBe(10);
    expect(read({ "x-ratelimit-limit": "10", "x-ratelimit-remaining": "11" })?.remaining).toBeUndefined();
  });

  it("place the Date of the answer beside them, and only beside them", () => {
    const date = "Tue, 24 Nov 2026 20:40:07 GMT";
    expect(judge({ status: 200, headers: { date } }).date).toBeUndefined();
    expect(judge({ status: 200, headers: { date, "x-ratelimit-limit": "1" } }).date).toBe(date);
    expect(judge({ status: 200, headers: { "x-ratelimit-limit": "1" } }).date).toBeUndefined();
    expect(judge({ status: 200 }).date).toBeUndefined();
  });
});

describe("a 429", () => {
  const modeOf = (path: string, body: unknown, method = "POST") =>
    judge({ status: 429, path, body, method }).error?.retryMode;
  const limited = (message?: unknown) => errorList({ code: "rate_limit_exceeded", message });

  it.each([
    ["/export/content/data", undefined, "wait_for_condition"],
    ["/export/reporting_data/enqueue", undefined, "wait_for_condition"],
    ["/export/content/data", "Exceeded rate limit of 83 in 10_seconds", "after_reset"],
    ["/export/content/data", "another job runs", "wait_for_condition"],
    ["/contacts", "there are too many pending export jobs", "wait_for_condition"],
    ["/contacts", "one pending job", "wait_for_condition"],
    ["/contacts", `pending ${"x".repeat(60)} jobs`, "after_reset"],
    ["/contacts", "depending jobsite", "after_reset"],
    ["/contacts", `${"x".repeat(250)} pending jobs`, "after_reset"],
    ["/contacts", 7, "after_reset"],
    ["/contacts", undefined, "after_reset"],
  ])("of %s that says %j asks to %s", (path, message, mode) => {
    expect(modeOf(path, limited(message))).toBe(mode);
  });

  const headers = { "x-ratelimit-limit": "167", "x-request-id": "r1" };

  it.each([
    undefined,
    "",
    { errors: "no" },
    errorList(null),
    errorList("x"),
    errorList(undefined),
    errorList(),
  ])("with the body %j waits for the window, and its headers are read all the same", (body) => {
    const { error, rateLimit, requestId } = judge({ status: 429, path: "/contacts", body, headers });
    expect(error?.retryMode).toBe("after_reset");
    expect(rateLimit?.limit).toBe(167);
    expect(requestId).toBe("r1");
  });

  it("is the only answer of an export route that asks to wait for a job", () => {
    const on = { path: "/export/content/data", method: "POST" };
    expect(judge({ ...on, status: 500 }).error).toMatchObject({ code: "server_error", retryMode: "backoff" });
    expect(judge({ ...on, status: 429 }).error?.retryMode).toBe("wait_for_condition");
  });
});

describe("an error", () => {
  it("keyed by field is a validation failure below 500, and the server's own from there", () => {
    const body = { errors: { email: ["taken"] } };
    expect(judge({ status: 400, body }).error).toMatchObject({ category: "validation", entries: 1 });
    expect(judge({ status: 499, body }).error?.category).toBe("validation");
    expect(judge({ status: 500, body }).error?.category).toBe("server");
    expect(judge({ status: 400, body: { message: "x" } }).error?.entries).toBe(0);
  });

  it.each([
    [200, {}, undefined],
    [399, {}, undefined],
    [400, {}, "bad_request"],
    [200, errorList({ code: "not_found" }), "not_found"],
    [200, { errors: [{ code: "not_found" }] }, undefined],
  ])("is there with status %d and body %j: %s", (status, body, code) => {
    expect(judge({ status, body }).error?.code).toBe(code);
  });

  it("with a code that nobody knows, behind a status that means no failure, is never to be tried again", () => {
    const { error } = judge({ status: 200, body: errorList({ code: "invented" }) });
    expect(error).toEqual({
      code: "other",
      rawCode: "invented",
      category: "unknown",
      retryable: false,
      retryMode: "none",
      entries: 1,
    });
  });

  it.each([99, 1000, 200.5, Number.NaN, 0, -200])(
    "is what a status of %d is: there was no answer",
    (status) => {
      expect(judge({ status })).toMatchObject({ error: { code: "network_error" } });
      expect(judge({ status, failure: { code: "ECONNREFUSED" } }).error?.code).toBe("connection_refused");
      expect(judge({ status }).status).toBeUndefined();
    },
  );

  it.each([100, 999])("is judged by status %d, the outermost that HTTP has", (status) => {
    expect(judge({ status }).status).toBe(status);
  });

  it("that a hostile body hides is still judged by its status", () => {
    const body = {
      get errors() {
        throw new Error("no");
      },
    };
    expect(judge({ status: 404, body }).error).toMatchObject({
      code: "not_found",
      rawCode: "not_found",
      entries: 0,
    });
    expect(judge({ status: 200, body: { type: "error.list", ...Object.create(body) } }).error).toBeDefined();
  });

  it("keeps the caller's own words about the resend and the time", () => {
    expect(judge({ status: 200, attempt: 1 }).retryCount).toBe(0);
    expect(judge({ status: 200, attempt: 3 }).retryCount).toBe(2);
    expect(judge({ status: 200, attempt: 0 }).retryCount).toBe(0);
    expect(judge({ status: 200, durationSeconds: 1.5 }).durationSeconds).toBe(1.5);
  });
});
