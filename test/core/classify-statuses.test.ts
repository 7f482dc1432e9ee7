import { type Classification, classify, findOperation } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
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

interface Facts {
  readonly status: number;
  readonly body?: unknown;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fromOtherHost?: boolean;
}

function classifyOf({ path = "/me", method = "GET", headers, ...response }: Facts): Classification {
  const reader = headers && { headers: (name: string) => headers[name] };
  return classify({ ...response, ...reader }, findOperation(method, target(path)));
}

const REQUEST_ID = "b68959ea6328bc4a8f9a";

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

describe("a 429", () => {
  const modeOf = (path: string, body: unknown, method = "POST") =>
    classifyOf({ status: 429, path, body, method }).error?.retryMode;
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

  const headers = { "x-ratelimit-limit": "167", "x-request-id": REQUEST_ID };

  it.each([
    undefined,
    "",
    { errors: "no" },
    errorList(null),
    errorList("x"),
    errorList(undefined),
    errorList(),
  ])("with the body %j waits for the window, and its headers are still read", (body) => {
    const { error, rateLimit, requestId } = classifyOf({ status: 429, path: "/contacts", body, headers });
    expect(error?.retryMode).toBe("after_reset");
    expect(rateLimit?.limit).toBe(167);
    expect(requestId).toBe(REQUEST_ID);
  });

  it("is the only response of an export operation that asks to wait for a job", () => {
    const on = { path: "/export/content/data", method: "POST" };
    expect(classifyOf({ ...on, status: 500 }).error).toMatchObject({
      code: "server_error",
      retryMode: "backoff",
    });
    expect(classifyOf({ ...on, status: 429 }).error?.retryMode).toBe("wait_for_condition");
  });
});

describe("an error", () => {
  it("keyed by field is a validation failure below 500, and the server's own from there", () => {
    const body = { errors: { email: ["taken"] } };
    expect(classifyOf({ status: 400, body }).error).toMatchObject({ category: "validation", entries: 1 });
    expect(classifyOf({ status: 499, body }).error?.category).toBe("validation");
    expect(classifyOf({ status: 500, body }).error?.category).toBe("server");
    expect(classifyOf({ status: 400, body: { message: "x" } }).error?.entries).toBe(0);
  });

  it.each([
    [200, {}, undefined],
    [399, {}, undefined],
    [400, {}, "bad_request"],
    [200, errorList({ code: "not_found" }), "not_found"],
    [200, { errors: [{ code: "not_found" }] }, undefined],
  ])("is there with status %d and body %j: %s", (status, body, code) => {
    expect(classifyOf({ status, body }).error?.code).toBe(code);
  });

  it("with a code that nobody knows, behind a status that means no failure, is never to be tried again", () => {
    const { error } = classifyOf({ status: 200, body: errorList({ code: "invented" }) });
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
    "is what a status of %d is: there was no response",
    (status) => {
      expect(classifyOf({ status })).toMatchObject({ error: { code: "network_error" } });
      expect(classifyOf({ status }).status).toBeUndefined();
    },
  );

  it.each([100, 999])("is classified by status %d, the outermost that HTTP has", (status) => {
    expect(classifyOf({ status }).status).toBe(status);
  });

  it("that a hostile body hides is still classified by its status", () => {
    const body = {
      get errors() {
        throw new Error("no");
      },
    };
    expect(classifyOf({ status: 404, body }).error).toMatchObject({
      code: "not_found",
      rawCode: "not_found",
      entries: 0,
    });
    expect(
      classifyOf({ status: 200, body: { type: "error.list", ...Object.create(body) } }).error,
    ).toBeDefined();
  });

  it("is read from a body once", () => {
    let readings = 0;
    const body = {
      type: "error.list",
      get errors() {
        readings += 1;
        return [{ code: "rate_limit_exceeded", message: "10_seconds" }];
      },
    };
    expect(classifyOf({ status: 429, body }).error?.code).toBe("rate_limit_exceeded");
    expect(readings).toBe(1);
  });
});

describe("a response that is not Intercom's", () => {
  const html = "<html><body>Forbidden</body></html>";

  it.each([
    [401, false],
    [403, false],
    [404, false],
    [407, false],
    [408, true],
    [429, true],
  ])("is a page with status %d: nobody's code, and worth a retry: %s", (status, retryable) => {
    for (const body of [html, Buffer.from(html), "Access denied"]) {
      expect(classifyOf({ status, body }).error).toEqual({
        code: "not_intercom",
        rawCode: "not_intercom",
        category: "intermediary",
        retryable,
        retryMode: retryable ? "backoff" : "none",
        entries: 0,
      });
    }
  });

  it("is told by its body only below 500: gateways in front of Intercom belong to it", () => {
    expect(classifyOf({ status: 502, body: html }).error).toMatchObject({
      code: "bad_gateway",
      category: "server",
    });
  });

  it.each(["", undefined, '{"cut', "[", "null", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2])])(
    "is not supposed of a body that says nothing: %j",
    (body) => {
      expect(classifyOf({ status: 403, body }).error?.category).toBe("permission");
    },
  );

  it("comes from another host after a redirect: nothing of Intercom's is read from it", () => {
    const headers = {
      "x-ratelimit-limit": "10",
      "x-request-id": REQUEST_ID,
      date: "Tue, 24 Nov 2026 20:40:07 GMT",
    };
    const foreign = { fromOtherHost: true, headers };
    expect(classifyOf({ status: 403, body: errorList({ code: "forbidden" }), ...foreign })).toMatchObject({
      status: 403,
      fromOtherHost: true,
      error: { code: "not_intercom", category: "intermediary" },
      rateLimit: undefined,
      requestId: undefined,
      serverEpochSeconds: undefined,
    });
    expect(classifyOf({ status: 200, ...foreign })).toMatchObject({ error: undefined, rateLimit: undefined });
  });
});

describe("an unlisted code", () => {
  it.each([
    ["brand_new", "brand_new"],
    ["brand_new_2", "other"],
    ["dG9rOmE4ZTk2MDJh", "other"],
    ["a".repeat(41), "other"],
  ])("%s is named %s, and has the label `other`", (code, rawCode) => {
    expect(classifyOf({ status: 400, body: errorList({ code }) }).error).toMatchObject({
      code: "other",
      rawCode,
    });
  });

  it("that is one of a transport's is not taken for a failure of the transport", () => {
    expect(classifyOf({ status: 400, body: errorList({ code: "timeout" }) }).error?.code).toBe("other");
  });
});

it("a page that is not JSON is foreign only below status 500, and never with a success", () => {
  const codeOf = (status: number) =>
    classify({ status, body: "<html>page</html>" }, findOperation("GET", target("/me"))).error?.code;
  expect([200, 499, 500].map(codeOf)).toEqual([undefined, "not_intercom", "server_error"]);
});
