import { ALERT_NAMES, buildRules } from "@intercom-telemetry/dashboards";
import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { sceneName } from "../drill/drill.ts";
import { DRILLS } from "../drill/drills/all-drills.ts";
import { CLOCKS, DRILL_CONFIG } from "../drill/time/clocks.ts";
import { scaleExpression, scaleRules } from "../drill/time/scale-rules.ts";

it("there is one drill for each alert, and each has its own scene", () => {
  const names = DRILLS.map(({ alert }) => alert);
  expect([...names].sort()).toEqual([...ALERT_NAMES].sort());
  expect(new Set(names.map(sceneName)).size).toBe(ALERT_NAMES.length);
});

/** From here on a number in a shipped expression is a time in seconds; every threshold is smaller. */
const SMALLEST_TIME_SECONDS = 60;

interface Literal {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Numbers and durations of an expression, in their order, as the PromQL grammar sees them. */
function literalsOf(expr: string): readonly Literal[] {
  const found: Literal[] = [];
  parser.parse(expr).iterate({
    enter({ name, from, to }) {
      if (name.startsWith("NumberLiteral") || name.startsWith("NumberDuration"))
        found.push({ text: expr.slice(from, to), from, to });
    },
  });
  return found;
}

/** The expression without its numbers and durations: what scaling may not touch. */
function skeleton(expr: string): string {
  const ends = literalsOf(expr);
  return [...ends, undefined]
    .map((literal, index) => expr.slice(ends[index - 1]?.to ?? 0, literal?.from ?? expr.length))
    .join("N");
}

function seconds(literal: string): number {
  const [, amount, unit = "s"] = /^([\d.]+)(ms|[smhdw])?$/.exec(literal) ?? [];
  const factor = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit];
  return Number(amount) * (factor ?? Number.NaN);
}

describe.each(Object.entries(CLOCKS))("on the clock of %s", (_, { factor }) => {
  const shipped = buildRules(DRILL_CONFIG).groups;
  const scaled = scaleRules(shipped, factor);
  const pairs = shipped.flatMap(({ rules }, group) =>
    rules.map((rule, index) => [rule, scaled[group]?.rules[index]] as const),
  );

  it("every duration of every rule is divided by the factor and every threshold stays", () => {
    expect(pairs.length).toBeGreaterThan(50);
    for (const [rule, faster] of pairs) {
      const [before, after] = [literalsOf(rule.expr), literalsOf(faster?.expr ?? "")];
      expect(after.length, rule.expr).toBe(before.length);
      before.forEach(({ text: literal }, index) => {
        const isTime = /[a-z]$/.test(literal) || Number(literal) >= SMALLEST_TIME_SECONDS;
        const expected = isTime ? seconds(literal) / factor : seconds(literal);
        expect(seconds(after[index]?.text ?? ""), `${literal} in ${rule.expr}`).toBeCloseTo(expected, 9);
      });
    }
  });

  it("what is asked, and under which labels and annotations, stays the same", () => {
    for (const [rule, faster] of pairs) {
      expect(skeleton(faster?.expr ?? "")).toBe(skeleton(rule.expr));
      expect({ ...faster, expr: "", for: "" }).toEqual({ ...rule, expr: "", for: "" });
    }
  });

  it("for and intervals are divided too", () => {
    shipped.forEach(({ interval, rules }, group) => {
      expect(seconds(scaled[group]?.interval ?? "")).toBeCloseTo(seconds(interval) / factor, 9);
      rules.forEach((rule, index) => {
        const faster = scaled[group]?.rules[index];
        if (!("for" in rule)) return;
        expect(seconds(faster && "for" in faster ? faster.for : "")).toBeCloseTo(
          seconds(rule.for) / factor,
          9,
        );
      });
    });
  });
});

it.each([
  ["sum_over_time(a:rate5m[1h:1m]) * 60 >= 10", "sum_over_time(a:rate5m[60000ms:1000ms]) * 1 >= 10"],
  ["10 * rate(a[4m]) / b", "10 * rate(a[4000ms]) / b"],
  ["a + b / 300 or a or b / 300", "a + b / 5 or a or b / 5"],
  ["round(sum(a[30m:1m]) * 60) >= 3", "round(sum(a[30000ms:1000ms]) * 1) >= 3"],
  ["(a < time() - 900) * 0 + 1", "(a < time() - 15) * 0 + 1"],
  ["a[1h:1m] offset 1w", "a[60000ms:1000ms] offset 10080000ms"],
])("%s becomes %s sixty times faster", (expr, expected) => {
  expect(scaleExpression(expr, 60)).toBe(expected);
});

it("a duration that does not divide into whole milliseconds is refused", () => {
  expect(() => scaleExpression("rate(a[5m])", 7)).toThrow("5m divided by 7 is no whole millisecond");
});
