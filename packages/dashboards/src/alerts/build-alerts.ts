import { formatDuration } from "../config/duration.ts";
import type { ResolvedConfig } from "../config/options.ts";
import type { AlertingRule, RuleGroup } from "../rules/rule.ts";
import type { Alert, AlertDraft, AlertGroup } from "./alert.ts";
import { capacityAlerts } from "./capacity-alerts.ts";
import { probeAlerts } from "./probe-alerts.ts";
import { rateLimitAlerts } from "./rate-limit-alerts.ts";
import { refusalAlerts } from "./refusal-alerts.ts";
import { sloAlerts } from "./slo-alerts.ts";
import { telemetryAlerts } from "./telemetry-alerts.ts";
import { trafficAlerts } from "./traffic-alerts.ts";

const SOURCES: readonly (readonly [string, (config: ResolvedConfig) => readonly AlertDraft[]])[] = [
  ["intercom-client-slo", sloAlerts],
  ["intercom-client-refusals", refusalAlerts],
  ["intercom-client-rate-limit", rateLimitAlerts],
  ["intercom-client-capacity", capacityAlerts],
  ["intercom-client-traffic", trafficAlerts],
  ["intercom-client-telemetry", telemetryAlerts],
  ["intercom-client-probe", probeAlerts],
];

function dashboardUrl(config: ResolvedConfig, { panel, identity }: AlertDraft): string | undefined {
  if (config.grafanaBaseUrl === undefined) return undefined;
  const variables = ["client", "job"]
    .filter((label) => identity.includes(label))
    .map((label) => `&var-${label}={{ $labels.${label} | urlquery }}`);
  return `${config.grafanaBaseUrl}/d/${config.dashboards[panel.dashboard].uid}?viewPanel=${panel.id}${variables.join("")}`;
}

/** Every alert gets its links and the user's changes here, so that none is forgotten. */
function finish(config: ResolvedConfig, draft: AlertDraft): Alert {
  const options = config.alerts[draft.name] ?? {};
  const severity = options.severity ?? draft.severity;
  const url = dashboardUrl(config, draft);
  return {
    ...draft,
    severity,
    for: options.for ?? draft.for,
    labels: { severity, ...options.labels },
    annotations: {
      summary: draft.summary,
      description: draft.description,
      runbook_url: `${config.runbookBaseUrl}/${draft.name}.md`,
      ...(url === undefined ? {} : { dashboard_url: url }),
      ...options.annotations,
    },
  };
}

/** Every alert that can be written, in groups, those that are left out by default or by choice included. */
export function buildAllAlerts(config: ResolvedConfig): readonly AlertGroup[] {
  return SOURCES.map(([name, source]) => ({
    name,
    alerts: source(config).map((draft) => finish(config, draft)),
  }));
}

/** The alerts that the configuration asks for, in groups. */
export function buildAlerts(config: ResolvedConfig): readonly AlertGroup[] {
  const wanted = ({ name, optIn }: Alert): boolean => config.alerts[name]?.enabled ?? optIn !== true;
  return buildAllAlerts(config)
    .map(({ name, alerts }) => ({ name, alerts: alerts.filter(wanted) }))
    .filter(({ alerts }) => alerts.length > 0);
}

/** The same as rules for Prometheus. */
export function buildAlertingRules(config: ResolvedConfig): readonly RuleGroup<AlertingRule>[] {
  return buildAlerts(config).map(({ name, alerts }) => ({
    name,
    interval: formatDuration(config.evaluationIntervalSeconds),
    rules: alerts.map(({ name: alert, expr, for: duration, labels, annotations }) => ({
      alert,
      expr,
      for: duration,
      labels,
      annotations,
    })),
  }));
}
