import { classify } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { toFailureCode } from "../../packages/core/src/classify/failure-code.ts";
import { isForeignText } from "../../packages/core/src/classify/read-body.ts";
import { describePath } from "../support/describe-path.ts";

const operation = describePath("GET", "/me");
const errors = JSON.stringify({ errors: [{ code: "not_found" }] });

describe("an attempt", () => {
  it("is canceled only by its caller, and from another host only where the transport says so", () => {
    for (const ending of [{ status: 200 }, { status: 404 }, { failureCode: "ECONNRESET" }]) {
      expect(classify(ending, operation)).toMatchObject({ canceled: false, fromOtherHost: false });
    }
    expect(classify({ status: 200, fromOtherHost: true }, operation)).toMatchObject({ fromOtherHost: true });
  });

  it("whose status is not known failed when its body has errors", () => {
    for (const fromOtherHost of [false, true]) {
      const classification = classify({ status: undefined, body: errors, fromOtherHost }, operation);
      expect(classification).toMatchObject({ error: { code: "not_found" }, fromOtherHost: false });
    }
  });

  it("that failed says how long to wait where its headers do", () => {
    const headers = (name: string) => (name === "retry-after" ? "7" : undefined);
    expect(classify({ status: 503, headers }, operation).retryAfter).toEqual({ seconds: 7 });
    expect(classify({ status: 200, headers }, operation).retryAfter).toBeUndefined();
  });

  it("at another host failed from status 400 on", () => {
    const codeOf = (status: number) => classify({ status, fromOtherHost: true }, operation).error?.code;
    expect([399, 400].map(codeOf)).toEqual([undefined, "not_intercom"]);
  });
});

it("only the very words of a refused port say so, where an object that is not an error has them", () => {
  const messages = ["bad port", "a bad port", "bad ports"];
  expect(messages.map((message) => toFailureCode({ message }))).toEqual([
    "invalid_request",
    "network_error",
    "network_error",
  ]);
});

describe("words that cannot be Intercom's", () => {
  it.each(["Sorry [1]", 'Your "plan" is true', "x".repeat(256).concat("\u0000"), " Sorry"])(
    "are %j",
    (text) => {
      expect(isForeignText(text)).toBe(true);
    },
  );

  it("are those of a page in UTF-8 whose character is cut where the look ends", () => {
    const page = new TextEncoder().encode(`xy${"界".repeat(100)}`);
    expect(isForeignText(page)).toBe(true);
    expect(isForeignText(page.buffer)).toBe(true);
    expect(isForeignText(new Uint8Array([0x1f, 0x8b, 8, 0]))).toBe(false);
  });

  it.each(["42", "-1", ' {"a":1}', "\n[", "true", "", " ", "a\u0000b"])("are not %j", (text) => {
    expect(isForeignText(text)).toBe(false);
  });
});
