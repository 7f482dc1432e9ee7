import type { AlertingRule, RecordingRule, RuleGroup } from "@intercom-telemetry/dashboards";
import { type Matcher, readSelector, type Selector } from "./read-selector.ts";
import { tokenize } from "./tokenize.ts";

/** A recording rule and how often its group is evaluated. */
interface Recorded {
  readonly expr: string;
  readonly interval: string;
}

/** How long Prometheus shows the last sample of a series that has no newer one. */
const LOOK_BACK = "5m";
/** A label that no series has. */
const MARK = "__selected__";

/** The value between the quotes; only a string in double or single quotes has escapes. */
function unquote(value: string): string {
  const inside = value.slice(1, -1);
  return value.startsWith("`") ? inside : inside.replace(/\\(.)/gs, "$1");
}

const quote = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function toPattern({ operator, value }: Matcher): string {
  if (operator.endsWith("~")) return value;
  return quote(unquote(value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

/**
 * Keeps the series of an expression that a matcher keeps. Matchers stand only behind names, so what they keep is
 * marked with a label, and what has the mark is taken.
 */
function applyMatcher(expr: string, matcher: Matcher): string {
  const marked = `label_replace(${expr}, "${MARK}", "1", "${matcher.label}", ${toPattern(matcher)})`;
  const mark = `label_replace(vector(1), "${MARK}", "1", "", "")`;
  const set = matcher.operator.startsWith("!") ? "unless" : "and";
  return `max without (${MARK}) (${marked} ${set} on (${MARK}) ${mark})`;
}

function substitute({ expr, interval }: Recorded, { matchers, range, modifiers }: Selector): string {
  const base = matchers.reduce((inner, matcher) => `(${applyMatcher(inner, matcher)})`, `(${expr})`);
  const after = modifiers === "" ? "" : ` ${modifiers}`;
  if (range !== undefined) return `${base}[${range.includes(":") ? range : `${range}:${interval}`}]${after}`;
  // Modifiers stand only behind selectors and subqueries.
  return after === "" ? base : `last_over_time(${base}[${LOOK_BACK}:${interval}]${after})`;
}

/** Rewrites an expression, each name that `resolve` knows replaced by what it gives. */
function rewrite(expr: string, resolve: (name: string) => Recorded | undefined): string {
  const tokens = tokenize(expr);
  const parts: string[] = [];
  let at = 0;
  let isInBraces = false;
  while (at < tokens.length) {
    const { kind, text } = tokens[at] ?? { kind: "other", text: "" };
    const recorded = kind === "name" && !isInBraces ? resolve(text) : undefined;
    if (recorded === undefined) {
      if (text === "{" || text === "}") isInBraces = text === "{";
      parts.push(text);
      at += 1;
      continue;
    }
    const selector = readSelector(tokens, at + 1);
    parts.push(substitute(recorded, selector));
    at = selector.next;
  }
  return parts.join("");
}

type Records = ReadonlyMap<string, Recorded>;

function inline(expr: string, records: Records, within: readonly string[] = []): string {
  return rewrite(expr, (name) => {
    const recorded = records.get(name);
    if (recorded === undefined) return undefined;
    if (within.includes(name)) throw new TypeError(`expected rules without a circle, got one at ${name}`);
    return { ...recorded, expr: inline(recorded.expr, records, [...within, name]) };
  });
}

/** The same as {@link inline} with each recorded expression written once, in front. */
function inlineOnce(expr: string, records: Records): string {
  const aliases = new Map<string, string>();
  const definitions: string[] = [];
  const resolve = (name: string): Recorded | undefined => {
    const recorded = records.get(name);
    if (recorded === undefined) return undefined;
    const known = aliases.get(name);
    if (known !== undefined) return { ...recorded, expr: known };
    const alias = `recorded_${aliases.size}`;
    aliases.set(name, alias);
    definitions.push(`${alias} = (${rewrite(recorded.expr, resolve)})`);
    return { ...recorded, expr: alias };
  };
  const rest = rewrite(expr, resolve);
  return definitions.length === 0 ? rest : `WITH (${definitions.join(", ")}) ${rest}`;
}

/** An alert that reads raw series only. */
export interface InlinedAlert {
  readonly rule: AlertingRule;
  /** In PromQL. */
  readonly expr: string;
  /** In MetricsQL, which can name a part of an expression. VictoriaMetrics refuses long queries. */
  readonly metricsQl: string;
}

function isRecording(rule: RecordingRule | AlertingRule): rule is RecordingRule {
  return "record" in rule;
}

/**
 * Rewrites the alerts of rule groups so that they read raw series only: each recorded series gives way to what it is
 * computed from. So they can be asked of a store that never evaluated the recording rules.
 *
 * @throws TypeError when recording rules read each other in a circle.
 */
export function inlineRecords(groups: readonly RuleGroup[]): readonly InlinedAlert[] {
  const rules = groups.flatMap(({ interval, rules: own }) => own.map((rule) => ({ interval, rule })));
  const records = new Map(
    rules.flatMap(({ interval, rule }): readonly (readonly [string, Recorded])[] =>
      isRecording(rule) ? [[rule.record, { expr: rule.expr, interval }]] : [],
    ),
  );
  return rules.flatMap(({ rule }) =>
    isRecording(rule)
      ? []
      : [{ rule, expr: inline(rule.expr, records), metricsQl: inlineOnce(rule.expr, records) }],
  );
}
