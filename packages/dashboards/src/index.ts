export type { Alert, AlertGroup } from "./alerts/alert.ts";
export { buildDashboards, buildRules, describeAlerts } from "./build.ts";
export type {
  AlertOptions,
  DashboardOptions,
  DashboardsConfig,
  KubernetesOptions,
  SloOptions,
} from "./config/options.ts";
export type { ConfigProblem } from "./config/resolve-config.ts";
export { findConfigProblems } from "./config/resolve-config.ts";
export type { BurnRate, BurnSpeed } from "./config/slo.ts";
export type { ThresholdDefinition, ThresholdKey } from "./config/thresholds.ts";
export { THRESHOLDS } from "./config/thresholds.ts";
export type { AlertSummary, Contents, DashboardSummary, PanelSummary } from "./contents.ts";
export { listContents, readRunbook } from "./contents.ts";
export type { AlertName, Severity } from "./names/alert-names.ts";
export { ALERT_NAMES } from "./names/alert-names.ts";
export type { DashboardKey, PanelReference } from "./names/dashboards.ts";
export type { GrafanaDashboard, GridPosition, Panel, PanelTarget, Row } from "./panels/grafana.ts";
export type { AlertingRule, RecordingRule, RuleGroup } from "./rules/rule.ts";
export type { AlertThreshold, DiagnosisQuery, Guidance } from "./signals/signal.ts";
export type { GeneratedFile } from "./targets/generated-file.ts";
export type { Target } from "./targets/render-files.ts";
export { renderFiles, TARGETS } from "./targets/render-files.ts";
export type { Difference } from "./write/check-files.ts";
export { checkFiles } from "./write/check-files.ts";
export type { WriteResult } from "./write/write-files.ts";
export { ForeignFileError, writeFiles } from "./write/write-files.ts";
