import { describeValue } from "@intercom-telemetry/guards/shape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const EXPECTED = 'one of timeoutSeconds, httpSpans: "nest" or "suppress"';

describe("describeValue never quotes what may be a secret", () => {
  it.each<[string, unknown, string]>([
    ["a phone number of digits", "353871234567", "a string of 12 characters"],
    ["a phone number with spaces", "+353 87 123 4567", "a string of 16 characters"],
    ["a phone number with dashes", "087-123-4567", "a string of 12 characters"],
    ["a phone number with dots", "49.151.23456", "a string of 12 characters"],
    ["a phone number as a number", 353_871_234_567, "a number of 12 digits"],
    ["a phone number as a bigint", 353_871_234_567n, "a number of 12 digits"],
    ["a token of GitHub's", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "a string of 40 characters"],
    ["a short token", "tok_live", "a string of 8 characters"],
    ["an address", "jane@customer.example", "a string of 21 characters"],
    ["a name", "Jane", "a string of 4 characters"],
    ["a URL with credentials", "https://user:pass@host", "a string of 22 characters"],
    ["a symbol of an address", Symbol("jane@customer.example"), "a symbol"],
    ["an array", ["jane@customer.example"], "an array of 1"],
    ["an object", { toString: () => "jane@customer.example" }, "an object"],
    ["a function", () => "jane@customer.example", "a function"],
    ["a long string", "x".repeat(101), "a string of 101 characters"],
  ])("%s", (_, value, described) => {
    expect(describeValue(value, EXPECTED)).toBe(described);
  });

  it("no string that is more than two letters off every documented word", () => {
    const words = ["one", "of", "timeoutSeconds", "httpSpans", "nest", "or", "suppress"];
    fc.assert(
      fc.property(fc.string({ minLength: 17 }), (text) => {
        fc.pre(!words.some((word) => text.includes(word)));
        expect(describeValue(text, EXPECTED)).toBe(`a string of ${text.length} characters`);
      }),
    );
  });
});

describe("describeValue quotes what helps", () => {
  it.each<[unknown, string]>([
    ["timoutSeconds", '"timoutSeconds"'],
    ["timeoutSecnods", '"timeoutSecnods"'],
    ["nset", '"nset"'],
    ["nest", '"nest"'],
    ["fales", '"fales"'],
    ["9464", '"9464"'],
    ["", "an empty string"],
    [65_536, "65536"],
    [-0.5, "-0.5"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
  ])("%j is %s", (value, described) => {
    expect(describeValue(value, EXPECTED)).toBe(described);
  });
});
