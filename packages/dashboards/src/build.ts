import type { Alert } from "./alerts/alert.ts";
import type { DashboardsConfig } from "./config/options.ts";
import { createModel } from "./model.ts";
import type { GrafanaDashboard } from "./panels/grafana.ts";
import type { RuleGroup } from "./rules/rule.ts";

/**
 * Builds the dashboards as plain data, ready for `JSON.stringify`.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function buildDashboards(config?: DashboardsConfig): readonly GrafanaDashboard[] {
  return createModel(config).dashboards;
}

/**
 * Builds the groups of a Prometheus rule file: recording rules first, then alerts.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function buildRules(config?: DashboardsConfig): { readonly groups: readonly RuleGroup[] } {
  const { recordingRules, alertingRules } = createModel(config);
  return { groups: [...recordingRules, ...alertingRules] };
}

/**
 * Describes the alerts that the configuration asks for: expression, threshold, panel, and what a runbook says.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function describeAlerts(config?: DashboardsConfig): readonly Alert[] {
  return createModel(config).alerts.flatMap(({ alerts }) => alerts);
}
