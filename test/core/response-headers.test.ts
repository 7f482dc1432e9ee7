import { type Classification, classify } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { readApiVersion } from "../../packages/core/src/classify/header-values.ts";
import { describePath } from "../support/describe-path.ts";

function classifyWith(status: number, headers: Readonly<Record<string, string>> = {}): Classification {
  return classify({ status, headers: (name) => headers[name] }, describePath("GET", "/me"));
}

describe("Intercom-Version", () => {
  it.each(["1.0", "2.17", "Preview", "Unstable"])("%s is one", (version) => {
    expect(readApiVersion(version)).toBe(version);
  });
  it.each([
    "",
    "2.11 ",
    "x".repeat(17),
    "dG9rOmE4ZTk2MD",
    "2",
    "a@b",
    "2.11\n",
    2.11,
    null,
    undefined,
    ["2.11"],
  ])("%j is not one", (value) => {
    expect(readApiVersion(value)).toBeUndefined();
  });
});

describe("rate-limit headers", () => {
  const read = (headers: Readonly<Record<string, string>>) => classifyWith(200, headers).rateLimit;

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

  it("come with the server's clock, when it is an HTTP date", () => {
    const clockOf = (date: string) => classifyWith(200, { date }).serverEpochSeconds;
    expect(clockOf("Tue, 24 Nov 2026 20:40:07 GMT")).toBe(1_795_552_807);
    expect(clockOf("Tue, 24 Nov 2026 20:40:07 GMT")).toBe(1_795_552_807);
    expect(clockOf("Tue, 24 Nov 2026")).toBeUndefined();
    expect(classifyWith(200).serverEpochSeconds).toBeUndefined();
  });

  it.each([
    ["2", { seconds: 2 }],
    ["0.5", { seconds: 0.5 }],
    ["Tue, 24 Nov 2026 20:40:07 GMT", { epochSeconds: 1_795_552_807 }],
    ["-5", undefined],
    ["soon", undefined],
  ])("Retry-After %s of a failed response is %j", (value, expected) => {
    const headers = { "retry-after": value };
    expect(classifyWith(503, headers).retryAfter).toEqual(expected);
    expect(classifyWith(200, headers).retryAfter).toBeUndefined();
  });
});
