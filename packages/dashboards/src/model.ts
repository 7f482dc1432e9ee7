import type { AlertGroup } from "./alerts/alert.ts";
import { buildAlerts, buildAllAlerts, toAlertingRules } from "./alerts/build-alerts.ts";
import type { DashboardsConfig, ResolvedConfig } from "./config/options.ts";
import { resolveConfig } from "./config/resolve-config.ts";
import { assembleDashboards } from "./dashboards/assemble-dashboards.ts";
import type { GrafanaDashboard } from "./panels/grafana.ts";
import { createPromql } from "./promql/promql.ts";
import { buildRecordingRules } from "./rules/build-recording-rules.ts";
import type { AlertingRule, RecordingRule, RuleGroup } from "./rules/rule.ts";
import type { BlindSpot } from "./signals/blind-spots.ts";
import { createSignals } from "./signals/signals.ts";

/** Everything that follows from one configuration. Targets and commands read it. */
export interface Model {
  readonly config: ResolvedConfig;
  readonly dashboards: readonly GrafanaDashboard[];
  readonly recordingRules: readonly RuleGroup<RecordingRule>[];
  readonly alertingRules: readonly RuleGroup<AlertingRule>[];
  /** The alerts that the configuration asks for. */
  readonly alerts: readonly AlertGroup[];
  /** Those that it leaves out as well. */
  readonly allAlerts: readonly AlertGroup[];
  readonly blindSpots: readonly BlindSpot[];
}

/**
 * Builds everything that can be written.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function createModel(options?: DashboardsConfig): Model {
  const config = resolveConfig(options);
  const promql = createPromql(config);
  const signals = createSignals(promql);
  const alerts = buildAlerts(promql, signals);
  return {
    config,
    dashboards: assembleDashboards(promql, signals),
    recordingRules: buildRecordingRules(promql),
    alertingRules: toAlertingRules(alerts, config.evaluationIntervalSeconds),
    alerts,
    allAlerts: buildAllAlerts(promql, signals),
    blindSpots: signals.blindSpots,
  };
}
