import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/**
 * What goes wrong in software of this kind. Each case has a number, and tests begin their names with it; those on
 * where to measure begin with W.
 */
const CASES: Readonly<Record<string, string>> = {
  W1: "a span that is not active during the request becomes nobody's parent",
  W2: "interceptors beside a retry plugin see one error several times",
  W3: "a copied configuration loses what was remembered about it",
  W4: "an adapter wrapped for each request is wrapped again for each resend",
  W5: "an adapter set for one request goes past the default one",
  W6: "the default adapter is a list of names",
  W7: "one instance is instrumented twice, by one copy of the package or two",
  W8: "the order of request interceptors differs",
  W9: "a response interceptor hands on something that is no response",
  1: "an interceptor after ours throws",
  2: "the signal is aborted before the request",
  3: "the signal is aborted during the request",
  4: "the signal runs out of time",
  5: "axios's own timeout, under either of its codes",
  6: "the cancel token of old",
  7: "an adapter throws at once, or an error without configuration",
  8: "a URL that is none",
  9: "a body that is a stream",
  10: "a body that is cut short",
  11: "a good answer whose JSON cannot be parsed",
  12: "two ends of one request",
  13: "no end at all",
  14: "a trace that is sampled out",
  15: "no SDK, or one that comes later",
  16: "no context manager",
  17: "a caller under suppressed tracing",
  18: "failures that resolve",
  19: "successes that reject",
  20: "redirects",
  21: "answers from a cache",
  22: "limits of the caller on sizes",
  23: "our own code throws",
  24: "the error's identity",
  25: "frozen and shared configurations",
  26: "trace context that the caller has set",
  27: "taking the instrumentation off",
  28: "paths in every spelling",
  29: "hosts that are not Intercom",
  30: "personal data and credentials",
  31: "the caller's serializer",
  32: "errors under a misleading name",
  33: "bodies of any shape",
  34: "rate-limit headers that are missing or wrong",
  35: "windows in the past and in the far future",
  36: "several instances, several tokens, one registry",
  37: "methods that HTTP does not have",
  38: "names that the registry has already",
  39: "two copies of prom-client",
  40: "numbers that are none",
  41: "labels that are undefined, or change later",
  42: "exemplars, where they are allowed and where not",
  43: "counters that a scrape renames",
  44: "the price of many histogram series",
  45: "a wall clock that moves back",
  46: "prom-client is not installed",
};

const folder = fileURLToPath(new URL("..", import.meta.url));
const TEST_NAME = /\b(?:it|test|describe)(?:\.each)?\([^"'`]{0,400}?["'`](W?\d{1,2}): /gs;
const EACH_NAME = /\]\)\(\s*["'`](W?\d{1,2}): /g;

/** The numbers with which the tests of core and axios begin. */
function findNumbers(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const part of ["core", "axios", "contract"]) {
    for (const file of readdirSync(join(folder, part)).filter((name) => name.endsWith(".test.ts"))) {
      const source = readFileSync(join(folder, part, file), "utf8");
      for (const [, number = ""] of [...source.matchAll(TEST_NAME), ...source.matchAll(EACH_NAME)]) {
        found.set(number, [...(found.get(number) ?? []), file]);
      }
    }
  }
  return found;
}

const numbers = findNumbers();

describe("each way to go wrong has a test", () => {
  it.each(Object.entries(CASES))("%s, %s", (number) => {
    expect(numbers.get(number) ?? []).not.toEqual([]);
  });

  it("and no test has a number that is none of them", () => {
    expect([...numbers.keys()].filter((number) => !Object.hasOwn(CASES, number))).toEqual([]);
  });
});
