import type { MetricDefinition } from "@intercom-telemetry/core/contract";
import type { RecordingRule } from "@intercom-telemetry/dashboards";

const SELECTOR = /([a-z_][\w:]*:[\w:]+)(\{[^}]*\})?/g;
const TARGET_LABELS = ["job", "instance"];

function labelName(matcher: string): string {
  return /^\w+/.exec(matcher)?.[0] ?? "";
}

/** Adds matchers to the raw metrics of an expression, each only where the metric has the label. */
function pushDown(expr: string, matchers: readonly string[], metrics: readonly MetricDefinition[]): string {
  return expr.replace(/\b(intercom_\w+)(\{[^}]*\})?/g, (whole, name: string, braces: string | undefined) => {
    const metric = metrics.find(
      (entry) => name === entry.name || name.replace(/_(bucket|count)$/, "") === entry.name,
    );
    if (!metric || whole.includes(":")) return whole;
    const labels = [...metric.labels, ...TARGET_LABELS, ...(name.endsWith("_bucket") ? ["le"] : [])];
    const own = braces ? [braces.slice(1, -1)] : [];
    const added = matchers.filter((matcher) => labels.includes(labelName(matcher)));
    const all = [...own, ...added];
    return all.length === 0 ? name : `${name}{${all.join(",")}}`;
  });
}

/** The same question asked without recording rules: each recorded series replaced by what it is computed from. */
export function inlineRecords(
  expr: string,
  rules: readonly RecordingRule[],
  metrics: readonly MetricDefinition[],
): string {
  return expr.replace(SELECTOR, (whole, name: string, braces: string | undefined) => {
    const rule = rules.find(({ record }) => record === name);
    if (!rule) return whole;
    const matchers = braces ? (braces.slice(1, -1).match(/\w+[=!~]+"[^"]*"/g) ?? []) : [];
    return `(${pushDown(inlineRecords(rule.expr, rules, metrics), matchers, metrics)})`;
  });
}
