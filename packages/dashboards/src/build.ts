import type { Alert } from "./alerts/alert.ts";
import { buildAlertingRules, buildAlerts } from "./alerts/build-alerts.ts";
import type { DashboardsConfig } from "./config/options.ts";
import { resolveConfig } from "./config/resolve-config.ts";
import { assembleDashboards } from "./dashboards/build-dashboards.ts";
import type { GrafanaDashboard } from "./panels/grafana.ts";
import { buildRecordingRules } from "./rules/build-recording-rules.ts";
import type { RuleGroup } from "./rules/rule.ts";

/**
 * Builds the dashboards as plain data, ready for `JSON.stringify`.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function buildDashboards(config?: DashboardsConfig): readonly GrafanaDashboard[] {
  return assembleDashboards(resolveConfig(config));
}

/**
 * Builds the groups of a Prometheus rule file: recording rules first, then alerts.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function buildRules(config?: DashboardsConfig): { readonly groups: readonly RuleGroup[] } {
  const resolved = resolveConfig(config);
  return { groups: [...buildRecordingRules(resolved), ...buildAlertingRules(resolved)] };
}

/**
 * Describes the alerts that the configuration asks for: expression, threshold, panel, and what a runbook says.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function describeAlerts(config?: DashboardsConfig): readonly Alert[] {
  return buildAlerts(resolveConfig(config)).flatMap(({ alerts }) => alerts);
}
