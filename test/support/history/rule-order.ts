import type { RecordingRule, RuleGroup } from "@intercom-telemetry/dashboards";

/** The recording rules of a file. */
export function listRecordingRules(groups: readonly RuleGroup[]): readonly RecordingRule[] {
  return groups.flatMap(({ rules }) => rules.filter((rule): rule is RecordingRule => "record" in rule));
}

/**
 * Sorts recording rules into rounds: a round needs only what earlier ones recorded.
 *
 * @throws Error when rules need each other.
 */
export function orderRules(rules: readonly RecordingRule[]): readonly (readonly RecordingRule[])[] {
  const rounds: (readonly RecordingRule[])[] = [];
  let left = rules;
  while (left.length > 0) {
    const waiting = left;
    const names = waiting.map(({ record }) => record);
    const round = waiting.filter(({ expr }) => names.every((name) => !mentions(expr, name)));
    if (round.length === 0) throw new Error(`rules need each other: ${names.join(", ")}`);
    rounds.push(round);
    left = waiting.filter((rule) => !round.includes(rule));
  }
  return rounds;
}

/** Tells whether a whole name occurs: `client:x` is not part of `job_client:x`. Names hold word characters and colons only. */
function mentions(expr: string, name: string): boolean {
  return new RegExp(`(?<![\\w:])${name}(?![\\w:])`).test(expr);
}
