import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import type { ResolvedConfig } from "../config/options.ts";
import { categoryMatcher } from "../promql/error-codes.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { outcomeShareOfJobs } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function refusals(config: ResolvedConfig): PanelSpec {
  const { unauthorizedRatio, forbiddenRatio, planRestrictedRatio } = config.thresholds;
  const share = (...categories: readonly ErrorCategory[]): string =>
    outcomeShareOfJobs(config, [categoryMatcher(...categories)]);
  const steps = [...new Set([unauthorizedRatio, forbiddenRatio, planRestrictedRatio])].sort((a, b) => a - b);
  return timeSeries(
    config,
    {
      id: ids.refusals,
      title: "Refused: token, permission or plan",
      description:
        "Should be zero. These never heal by themselves: check the token, its permissions and the workspace's plan.",
      queries: [
        { expr: share("auth"), legend: "{{client}} token" },
        { expr: share("permission"), legend: "{{client}} permission" },
        { expr: share("plan"), legend: "{{client}} plan" },
      ],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: [{ color: "green", value: null }, ...steps.map((value) => ({ color: "red", value }))],
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function sharePanel(
  config: ResolvedConfig,
  id: number,
  [title, description]: readonly [string, string],
  categories: readonly ErrorCategory[],
  threshold: number,
): PanelSpec {
  const queries = [
    { expr: outcomeShareOfJobs(config, [categoryMatcher(...categories)]), legend: "{{client}}" },
  ];
  const thresholds = redAbove(threshold);
  return timeSeries(
    config,
    {
      id,
      title,
      description,
      queries,
      unit: "percentunit",
      noValue: "No requests",
      thresholds,
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function invalidRatio(config: ResolvedConfig): PanelSpec {
  return sharePanel(
    config,
    ids.invalidRatio,
    [
      "Refused as invalid",
      "A low, steady share comes from what people type. A step at a deploy is a bug in how requests are built: roll back.",
    ],
    ["validation", "client"],
    config.thresholds.invalidRequestsRatio,
  );
}

function conflictRatio(config: ResolvedConfig): PanelSpec {
  return sharePanel(
    config,
    ids.conflictRatio,
    [
      "Ended in a conflict",
      "A low share is normal where records are found or created. A rise means duplicates are sent: look for a job that runs twice.",
    ],
    ["conflict"],
    config.thresholds.conflictRatio,
  );
}

/** What Intercom refuses for a reason that only we can remove. */
export function refusalPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [refusals(config), invalidRatio(config), conflictRatio(config)];
}
