import { readHeader } from "@intercom-telemetry/core/record";
import { AxiosHeaders } from "axios";
import axios12 from "axios-1.2";
import { describe, expect, it } from "vitest";

const VALUES = { "X-Request-Id": "r-1", "x-ratelimit-limit": "100", "X-RATELIMIT-REMAINING": "7" };

describe("headers are read in any case from whatever holds them", () => {
  it.each<[string, unknown]>([
    ["a plain object", VALUES],
    ["AxiosHeaders", new AxiosHeaders(VALUES)],
    [
      "AxiosHeaders of another copy",
      new (axios12 as unknown as { AxiosHeaders: typeof AxiosHeaders }).AxiosHeaders(VALUES),
    ],
    ["fetch Headers", new Headers(VALUES)],
    ["a Map", new Map(Object.entries(VALUES).map(([name, value]) => [name.toLowerCase(), value]))],
    ["an object without prototype", Object.assign(Object.create(null), VALUES)],
    ["a frozen object", Object.freeze({ ...VALUES })],
  ])("%s", (_, headers) => {
    expect(readHeader(headers, "x-request-id")).toBe("r-1");
    expect(readHeader(headers, "x-ratelimit-limit")).toBe("100");
    expect(readHeader(headers, "x-ratelimit-remaining")).toBe("7");
    expect(readHeader(headers, "x-ratelimit-reset")).toBeUndefined();
  });
});

it("a number is read as its text, a repeated header as a list, anything else not at all", () => {
  expect(readHeader({ a: 7 }, "a")).toBe("7");
  expect(readHeader({ a: ["1", "2"] }, "a")).toBe("1, 2");
  for (const value of [undefined, null, true, {}, () => "x", Symbol("x")]) {
    expect(readHeader({ a: value }, "a")).toBeUndefined();
  }
});

it.each([undefined, null, "x-request-id: 1", 7, [], () => undefined])("%o holds no headers", (headers) => {
  expect(readHeader(headers, "x-request-id")).toBeUndefined();
});

it("names of prototypes are not headers", () => {
  expect(readHeader({}, "constructor")).toBeUndefined();
  expect(readHeader(new Headers(), "get")).toBeUndefined();
});

it("an endless number of headers is not looked through", () => {
  let looked = 0;
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`h${index}`, "x"]));
  const watched = new Proxy(many, {
    getOwnPropertyDescriptor(target, key) {
      looked += 1;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  expect(readHeader(watched, "x-request-id")).toBeUndefined();
  expect(looked).toBeLessThan(1000);
});
