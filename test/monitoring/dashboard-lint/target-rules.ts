import { selectorsOf, syntaxErrors } from "../../dashboards/promql-reader.ts";

/** What a rule finds in a query; nothing when all is well. */
type TargetRule = (expr: string) => readonly string[];

/** Recorded series have a level in their name, and no more labels than it says. */
const isRecorded = (metric: string): boolean => metric.includes(":");
/** Prometheus's own series, which no target exposes. */
const isBuiltIn = (metric: string): boolean => metric === "ALERTS" || metric === "ALERTS_FOR_STATE";

const withoutVariables = (expr: string): string =>
  expr.replaceAll("$__rate_interval", "5m").replaceAll("$__interval", "5m").replaceAll("$__range", "1h");

const needsMatcher =
  (label: string): TargetRule =>
  (expr) => {
    const raw = selectorsOf(withoutVariables(expr)).filter(
      ({ metric }) => !isRecorded(metric) && !isBuiltIn(metric),
    );
    const wanted = `${label}=~"$${label}"`;
    const lacking = raw.filter(({ matcherLabels }) => !matcherLabels.includes(label));
    return [
      ...lacking.map(({ metric }) => `${metric} has no matcher ${wanted}`),
      ...(lacking.length < raw.length && !expr.includes(wanted) ? [`the matcher is not ${wanted}`] : []),
    ];
  };

const COUNTER = /_(total|count|sum|bucket)$/;
const OVER_COUNTERS = ["rate", "irate", "increase"];

/**
 * The rules of Grafana's dashboard-linter about queries, under its names.
 * Source: https://github.com/grafana/dashboard-linter/tree/main/docs/rules
 */
export const TARGET_RULES: Readonly<Record<string, TargetRule>> = {
  "target-promql-rule": (expr) =>
    syntaxErrors(withoutVariables(expr)).map((at) => `no PromQL from position ${at}`),
  "target-job-rule": needsMatcher("job"),
  "target-instance-rule": needsMatcher("instance"),
  "target-rate-interval-rule": (expr) => {
    const windows = [...expr.matchAll(/(\w+)\s*\(\s*[\w:]+(?:\{[^}]*\})?\[([^\]]+)\]/g)];
    return windows
      .filter(([, name = "", window]) => OVER_COUNTERS.includes(name) && window !== "$__rate_interval")
      .map(([, name, window]) => `${name} over ${window}, not over $__rate_interval`);
  },
  "target-counter-agg-rule": (expr) =>
    selectorsOf(withoutVariables(expr))
      .filter(
        ({ metric, functions }) =>
          !isRecorded(metric) &&
          COUNTER.test(metric) &&
          !functions.some((name) => OVER_COUNTERS.includes(name)),
      )
      .map(({ metric }) => `${metric} is not in rate or increase`),
};
