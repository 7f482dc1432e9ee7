import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type Attack,
  attacksOn,
  build,
  findRegularExpressions,
  leastTime,
} from "../support/regular-expressions.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const found = findRegularExpressions(root);

/** An attempt at each character of a string, which always fails: linear time, and the measure for all others. */
const SCAN = /a(?!a)b/;
const SHORT = 2_048;
const LONG = 8_192;
/** Quadratic time measures 2, give or take a little; linear time on a busy machine has measured 1.6. */
const SUPERLINEAR = 1.8;
/** Of an expression of exponential time, this is more than enough. */
const TINY = 24;

/** How the time grows with the length, as a power of it: 1 is linear, 2 quadratic. */
function growth(expression: RegExp, attack: Attack): number {
  const [short, long] = [SHORT, LONG].map((size) => leastTime(expression, build(attack, size), 5));
  return Math.log((long ?? 0) / (short ?? 0)) / Math.log(LONG / SHORT);
}

/** Another process can slow down one measurement, or two; not the least of several each time. */
const always = (isSo: () => boolean): boolean => Array.from({ length: 6 }, isSo).every(Boolean);

/** The first attack under which an expression takes more than linear time. */
function findWeakness(expression: RegExp): (Attack & { readonly power: number }) | undefined {
  const scanned = leastTime(SCAN, "a".repeat(LONG), 20);
  for (const attack of attacksOn(expression)) {
    const takes = (size: number, scans: number) =>
      leastTime(expression, build(attack, size), 1) > scans * scanned;
    // An expression of exponential time shows itself before it can hold up the test.
    if (takes(TINY, 100) && always(() => takes(TINY, 100))) return { ...attack, power: Infinity };
    // What costs no more than some scans is not looked at again; quadratic time is hundreds of them.
    if (!takes(LONG, 20) || !takes(LONG, 20)) continue;
    if (always(() => growth(expression, attack) > SUPERLINEAR))
      return { ...attack, power: growth(expression, attack) };
  }
  return undefined;
}

describe("the search for slow expressions", () => {
  it.each([
    [/\/+$/, 2],
    [/^(.*?)(?::(\d+))?x$/, 1],
    [/\{\{(.*?)\}\}/gs, 2],
    [/\s*,\s*/, 2],
    [/<!-- (end )?generated: \w+ -->/g, 1],
    [/^\w+@\w+$/, 1],
    [/(?<!\/)\/+$/, 1],
    [/^(a|a)*$/, Number.POSITIVE_INFINITY],
  ])("judges %s rightly", (expression, power) => {
    const weakness = findWeakness(expression);
    if (power === 1) expect(weakness).toBeUndefined();
    else expect(weakness?.power).toBeGreaterThan(1.5);
  });

  it("sees the expressions of every package", () => {
    expect(found.length).toBeGreaterThan(100);
    expect(new Set(found.map(({ place }) => place.split("/")[1])).size).toBeGreaterThan(6);
  });
});

it.each(found.map((each) => [`/${each.source}/${each.flags} in ${each.place}`, each] as const))(
  "takes linear time: %s",
  (_, { source, flags }) => {
    expect(findWeakness(new RegExp(source, flags))).toBeUndefined();
  },
);
