import { formatDuration } from "@intercom-telemetry/guards/duration";
import type { Promql } from "../promql/promql.ts";
import { rateLimitRules } from "./rate-limit-rules.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { budgetRules, failureRatioRules } from "./slo-rules.ts";
import { groundRules, jobRules } from "./traffic-rules.ts";

const BUDGET_INTERVAL = "1m";

/**
 * The recording rules. Groups run side by side, so a rule reads from its own group what was recorded now, and from
 * another what was recorded an interval ago. Mimir takes at most 20 rules in a group.
 */
export function buildRecordingRules(promql: Promql): readonly RuleGroup<RecordingRule>[] {
  const interval = formatDuration(promql.config.evaluationIntervalSeconds);
  return [
    {
      name: "intercom-client-traffic-recording",
      interval,
      rules: [...groundRules(promql), ...jobRules(promql)],
    },
    { name: "intercom-client-rate-limit-recording", interval, rules: rateLimitRules(promql) },
    { name: "intercom-client-slo-recording", interval, rules: failureRatioRules(promql) },
    { name: "intercom-client-budget-recording", interval: BUDGET_INTERVAL, rules: budgetRules(promql) },
  ];
}
