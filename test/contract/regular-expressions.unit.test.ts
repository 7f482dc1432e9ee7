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

/** An attempt at each character of a text, which always fails: linear time, and the measure for all others. */
const SCAN = /a(?!a)b/;
const LONG = 8_192;
const SIZES = [LONG / 4, LONG / 2, LONG];

/** How the time grows with the length, as a power of it: 1 is linear, 2 quadratic. */
function growth(expression: RegExp, attack: Attack): number {
  const [first = 0, , last = 0] = SIZES.map((size) => leastTime(expression, build(attack, size), 3));
  return Math.log(last / first) / Math.log(LONG / (SIZES[0] ?? LONG));
}

/** The first attack under which an expression takes more than linear time. */
function findWeakness(expression: RegExp): (Attack & { readonly power: number }) | undefined {
  const scanned = leastTime(SCAN, "a".repeat(LONG), 9);
  for (const attack of attacksOn(expression)) {
    // An expression of exponential time shows itself before it can hold up the test.
    const isExponential = leastTime(expression, build(attack, 24), 2) > 100 * scanned;
    // What costs no more than a dozen scans is not looked at again; quadratic time is hundreds of them.
    if (!isExponential && leastTime(expression, build(attack, LONG), 2) < 12 * scanned) continue;
    const power = isExponential ? Number.POSITIVE_INFINITY : growth(expression, attack);
    if (power > 1.5) return { ...attack, power };
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
