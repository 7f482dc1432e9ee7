import { formatDuration } from "../config/duration.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { rateLimitRules } from "./rate-limit-rules.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { budgetRules, failureRatioRules } from "./slo-rules.ts";
import { trafficRules } from "./traffic-rules.ts";

const BUDGET_INTERVAL = "1m";

/** The recording rules in two groups: what alerts read at once, and what moves over days. */
export function buildRecordingRules(config: ResolvedConfig): readonly RuleGroup<RecordingRule>[] {
  return [
    {
      name: "intercom-client-recording",
      interval: formatDuration(config.evaluationIntervalSeconds),
      rules: [...trafficRules(config), ...rateLimitRules(config), ...failureRatioRules(config)],
    },
    { name: "intercom-client-budget", interval: BUDGET_INTERVAL, rules: budgetRules(config) },
  ];
}
