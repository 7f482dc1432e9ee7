import fc from "fast-check";
import { expect, it } from "vitest";
import { readRateLimit } from "../../packages/core/src/rate-limit/headers.ts";

const read = (limit?: string, remaining?: string, reset?: string) => {
  const values: Record<string, string | undefined> = {
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": reset,
  };
  return readRateLimit((name) => values[name]);
};

const GOOD = { limit: 1667, remaining: 42, resetEpochSeconds: 1_795_552_930 };

it("three good headers give three numbers", () => {
  expect(read("1667", "42", "1795552930")).toEqual(GOOD);
  expect(read(" 1667 ", "42", "1795552930")).toEqual(GOOD);
  expect(read("1667", "0", "1795552930")).toEqual({ ...GOOD, remaining: 0 });
});

it("one of them gives one number", () => {
  expect(read("1667")).toEqual({ limit: 1667 });
  expect(read(undefined, "42")).toEqual({ remaining: 42 });
  expect(read(undefined, undefined, "1795552930")).toEqual({ resetEpochSeconds: 1_795_552_930 });
});

it("none of them gives nothing", () => {
  expect(read()).toBeUndefined();
  expect(read("", " ", "none")).toBeUndefined();
});

it.each([
  "",
  " ",
  "-1",
  "+1",
  "1.5",
  "1e3",
  "1e9999",
  "0x10",
  "NaN",
  "Infinity",
  "1,2",
  "1, 1",
  "١٢",
  "12a",
  "12345678901",
])('a header of "%s" is as good as none', (text) => {
  expect(read(text, "42", "1795552930")).toEqual({ ...GOOD, limit: undefined });
  expect(read("1667", text, "1795552930")).toEqual({ ...GOOD, remaining: undefined });
  expect(read("1667", "42", text)).toEqual({ ...GOOD, resetEpochSeconds: undefined });
});

it("a limit of 0, more left than allowed, and a reset that is not a date are refused", () => {
  expect(read("0", "0", "1795552930")).toMatchObject({ limit: undefined });
  expect(read("1667", "1668", "1795552930")).toMatchObject({ limit: 1667, remaining: undefined });
  expect(read("1667", "42", "10")).toMatchObject({ resetEpochSeconds: undefined });
  expect(read("1667", "42", "999999999")).toMatchObject({ resetEpochSeconds: undefined });
  expect(read("1667", "42", "1000000000")).toMatchObject({ resetEpochSeconds: 1_000_000_000 });
  expect(read("1667", "42", "1795552930000")).toMatchObject({ resetEpochSeconds: undefined });
});

it("whatever the headers say, a field is absent or a sane whole number", () => {
  const text = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(text, text, text, (limit, remaining, reset) => {
      const { limit: most, remaining: left, resetEpochSeconds } = read(limit, remaining, reset) ?? {};
      for (const value of [most, left, resetEpochSeconds]) {
        expect(value === undefined || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
      }
      expect(most).not.toBe(0);
      if (most !== undefined && left !== undefined) expect(left).toBeLessThanOrEqual(most);
    }),
    { numRuns: 500 },
  );
});
