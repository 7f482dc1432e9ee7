import type { RuleGroup } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { inlineRecords } from "../../../packages/cli/src/dashboards/backtest/inline-records.ts";
import { tokenize } from "../../../packages/cli/src/dashboards/backtest/tokenize.ts";

const RECORDS = {
  "job:calls:rate5m": "sum by (job) (rate(calls_total[5m]))",
  "client:calls:rate5m": "sum (job:calls:rate5m)",
};

function groupsWith(expr: string, records: Readonly<Record<string, string>> = RECORDS): readonly RuleGroup[] {
  const recording = Object.entries(records).map(([record, source]) => ({ record, expr: source }));
  const alert = { alert: "A", expr, for: "0s", labels: {}, annotations: {} };
  return [{ name: "all", interval: "30s", rules: [...recording, alert] }];
}

const inlineOnce = (expr: string) => inlineRecords(groupsWith(expr))[0]?.metricsQl;

function inline(expr: string): string {
  return inlineRecords(groupsWith(expr))[0]?.expr ?? "";
}

const CALLS = "(sum by (job) (rate(calls_total[5m])))";
const MARK = 'label_replace(vector(1), "__selected__", "1", "", "")';

describe("recorded series in an alert", () => {
  it.each([
    ["a name", "job:calls:rate5m > 1", `${CALLS} > 1`],
    ["a name in another rule", "client:calls:rate5m > 1", `(sum (${CALLS})) > 1`],
    ["a range", "avg_over_time(job:calls:rate5m[1h])", `avg_over_time(${CALLS}[1h:30s])`],
    ["a subquery", "max_over_time(job:calls:rate5m[1h:1m])", `max_over_time(${CALLS}[1h:1m])`],
    [
      "a subquery of the past",
      "max_over_time(job:calls:rate5m[1h:] offset 1d)",
      `max_over_time(${CALLS}[1h:] offset 1d)`,
    ],
    ["an offset", "job:calls:rate5m offset 1w > 1", `last_over_time(${CALLS}[5m:30s] offset 1w) > 1`],
    ["a moment", "job:calls:rate5m @ end()", `last_over_time(${CALLS}[5m:30s] @ end())`],
    [
      "a matcher",
      'job:calls:rate5m{job="a.b"} > 1',
      `(max without (__selected__) (label_replace(${CALLS}, "__selected__", "1", "job", "a\\\\.b") and on (__selected__) ${MARK})) > 1`,
    ],
    [
      "a matcher that leaves out",
      'job:calls:rate5m{job!~"a|b"}',
      `(max without (__selected__) (label_replace(${CALLS}, "__selected__", "1", "job", "a|b") unless on (__selected__) ${MARK}))`,
    ],
  ])("give way to their expression with %s", (_, expr, expected) => {
    expect(inline(expr)).toBe(expected);
  });

  it.each([
    ["a longer name", "job:calls:rate5m_total"],
    ["a string", 'label_replace(up, "a", "job:calls:rate5m", "", "")'],
    ["a comment", "up # job:calls:rate5m\n > 1"],
    ["nothing", 'sum by (job) (rate(x{a="}"}[5m])) / on (job) group_left y'],
  ])("are left alone in %s", (_, expr) => {
    expect(inline(expr)).toBe(expr);
  });

  it("are written once for a store that can name them", () => {
    expect(inlineOnce("client:calls:rate5m > 1 and max_over_time(job:calls:rate5m[1h]) > 2")).toBe(
      "WITH (recorded_1 = (sum by (job) (rate(calls_total[5m]))), recorded_0 = (sum ((recorded_1)))) " +
        "(recorded_0) > 1 and max_over_time((recorded_1)[1h:30s]) > 2",
    );
    expect(inlineOnce("up < 1")).toBe("up < 1");
  });

  it("are refused when they read each other in a circle", () => {
    expect(() => inlineRecords(groupsWith("a:b", { "a:b": "c:d", "c:d": "a:b" }))).toThrow("a circle");
  });
});

it("an expression is the sum of its tokens, whatever it is", () => {
  const odd = 'sum(rate(a:b{c=~"x\\"}y", d=\'[\'}[5m:]))  # end [\n"open';
  expect(
    tokenize(odd)
      .map(({ text }) => text)
      .join(""),
  ).toBe(odd);
});
