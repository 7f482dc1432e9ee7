import type { RuleGroup } from "@intercom-telemetry/dashboards";

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Divides one Prometheus duration, e.g. `5m` by 60 is `5000ms`. */
export function scaleDuration(text: string, factor: number): string {
  const [, amount, unit = ""] = /^(\d+)(ms|[smhdw])$/.exec(text) ?? [];
  const unitMilliseconds = UNIT_MILLISECONDS[unit];
  if (unitMilliseconds === undefined) throw new Error(`expected a duration such as 5m, got ${text}`);
  const scaled = (Number(amount) * unitMilliseconds) / factor;
  if (!Number.isInteger(scaled)) throw new Error(`${text} divided by ${factor} is no whole millisecond`);
  return `${scaled}ms`;
}

/**
 * Where an expression has a duration as a number of seconds: the window that turns a rate into a number of
 * events or back; the age at which a probe is stale.
 */
const SECONDS = [/(?<=\/ )\d{3,}(?= or|$)/g, /(?<=\* )\d+(?= >=|\)| \/|$)/g, /(?<=time\(\) - )\d+/g];

/** Divides every duration of an expression; thresholds and everything else stay as they are. */
export function scaleExpression(expr: string, factor: number): string {
  const ranges = expr
    .replace(/(?<=\[)[^\]]+(?=\])/g, (range) =>
      range
        .split(":")
        .map((part) => scaleDuration(part, factor))
        .join(":"),
    )
    .replace(/(?<= offset )\w+/g, (offset) => scaleDuration(offset, factor));
  return SECONDS.reduce(
    (text, pattern) => text.replace(pattern, (seconds) => String(Number(seconds) / factor)),
    ranges,
  );
}

/** Divides every duration of a rule file: intervals, `for`, ranges, steps, offsets and numbers of seconds. */
export function scaleRules(groups: readonly RuleGroup[], factor: number): readonly RuleGroup[] {
  return groups.map(({ name, interval, rules }) => ({
    name,
    interval: scaleDuration(interval, factor),
    rules: rules.map((rule) => ({
      ...rule,
      expr: scaleExpression(rule.expr, factor),
      ...("for" in rule ? { for: scaleDuration(rule.for, factor) } : {}),
    })),
  }));
}
