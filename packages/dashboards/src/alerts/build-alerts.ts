import { formatDuration } from "@intercom-telemetry/guards/duration";
import type { Promql } from "../promql/promql.ts";
import type { AlertingRule, RuleGroup } from "../rules/rule.ts";
import type { Signal } from "../signals/signal.ts";
import type { Signals } from "../signals/signals.ts";
import type { Alert, AlertGroup, AlertSource } from "./alert.ts";
import { refusalAlerts, sloAlerts } from "./failure-alerts.ts";
import { probeAlerts, quotaAlerts, telemetryAlerts, trafficAlerts } from "./operating-alerts.ts";

const SOURCES: readonly (readonly [string, (promql: Promql, signals: Signals) => readonly AlertSource[]])[] =
  [
    ["intercom-client-slo", sloAlerts],
    ["intercom-client-refusals", refusalAlerts],
    ["intercom-client-rate-limit", quotaAlerts],
    ["intercom-client-traffic", trafficAlerts],
    ["intercom-client-telemetry", telemetryAlerts],
    ["intercom-client-probe", probeAlerts],
  ];

function dashboardUrl({ config }: Promql, { panel, identity }: Signal): string | undefined {
  if (config.grafanaBaseUrl === undefined) return undefined;
  const variables = ["client", "job", ...config.groupLabels]
    .filter((label) => identity.includes(label))
    .map((label) => `&var-${label}={{ $labels.${label} | urlquery }}`);
  return `${config.grafanaBaseUrl}/d/${config.dashboards[panel.dashboard].uid}?viewPanel=${panel.id}${variables.join("")}`;
}

/** Every alert gets its links and the user's changes here, so that none is forgotten. */
function finish(promql: Promql, { signal, ...text }: AlertSource): Alert {
  const { config } = promql;
  const options = config.alerts[text.name] ?? {};
  const severity = options.severity ?? text.severity;
  const url = dashboardUrl(promql, signal);
  const { threshold, alsoUses, panel, identity, guidance } = signal;
  return {
    ...text,
    ...{ threshold, alsoUses, panel, identity, guidance },
    expr: signal.condition(),
    severity,
    for: options.for ?? text.for,
    labels: { severity, ...options.labels },
    annotations: {
      summary: text.summary,
      description: text.description,
      ...(text.evidence === undefined ? {} : { evidence: text.evidence }),
      runbook_url: `${config.runbookBaseUrl}/${text.name}.md`,
      ...(url === undefined ? {} : { dashboard_url: url }),
      ...options.annotations,
    },
  };
}

/** Every alert that can be written, in groups, those that are left out by default or by choice included. */
export function buildAllAlerts(promql: Promql, signals: Signals): readonly AlertGroup[] {
  return SOURCES.map(([name, source]) => ({
    name,
    alerts: source(promql, signals).map((alert) => finish(promql, alert)),
  }));
}

/** The alerts that the configuration asks for, in groups. */
export function buildAlerts(promql: Promql, signals: Signals): readonly AlertGroup[] {
  const wanted = ({ name, optIn }: Alert): boolean => promql.config.alerts[name]?.enabled ?? optIn !== true;
  return buildAllAlerts(promql, signals)
    .map(({ name, alerts }) => ({ name, alerts: alerts.filter(wanted) }))
    .filter(({ alerts }) => alerts.length > 0);
}

/** The same as rules for Prometheus. */
export function toAlertingRules(
  groups: readonly AlertGroup[],
  intervalSeconds: number,
): readonly RuleGroup<AlertingRule>[] {
  return groups.map(({ name, alerts }) => ({
    name,
    interval: formatDuration(intervalSeconds),
    rules: alerts.map(({ name: alert, expr, for: duration, labels, annotations }) => ({
      alert,
      expr,
      for: duration,
      labels,
      annotations,
    })),
  }));
}
