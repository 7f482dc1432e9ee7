export type { Alert, AlertGroup, AlertThreshold, DiagnosisQuery, Guidance } from "./alerts/alert.ts";
export type { AlertName, Severity } from "./alerts/names.ts";
export { ALERT_NAMES } from "./alerts/names.ts";
export { buildDashboards, buildRules, describeAlerts } from "./build.ts";
export type {
  AlertOptions,
  DashboardKey,
  DashboardOptions,
  DashboardsConfig,
  KubernetesOptions,
  SloOptions,
} from "./config/options.ts";
export type { BurnRate, BurnSpeed } from "./config/slo.ts";
export type { ThresholdDefinition, ThresholdKey } from "./config/thresholds.ts";
export { THRESHOLDS } from "./config/thresholds.ts";
export type { GrafanaDashboard, GridPosition, Panel, Row, Target as PanelTarget } from "./panels/grafana.ts";
export type { AlertingRule, RecordingRule, RuleGroup } from "./rules/rule.ts";
export type { GeneratedFile } from "./targets/generated-file.ts";
export type { Target } from "./targets/render-files.ts";
export { renderFiles, TARGETS } from "./targets/render-files.ts";
export type { Difference } from "./write/check-files.ts";
export { checkFiles } from "./write/check-files.ts";
export type { WriteResult } from "./write/write-files.ts";
export { ForeignFileError, writeFiles } from "./write/write-files.ts";
