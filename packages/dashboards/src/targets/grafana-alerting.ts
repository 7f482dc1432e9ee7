import { durationSeconds, formatDuration } from "@intercom-telemetry/guards/duration";
import type { Alert, AlertGroup } from "../alerts/alert.ts";
import type { ResolvedConfig } from "../config/options.ts";
import type { Model } from "../model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";

const QUERY = "A";
const CONDITION = "B";
const LOOK_BACK_SECONDS = 600;
const SHORTEST_INTERVAL_SECONDS = 60;

/** Grafana's templates keep the value in another place. */
function translate(text: string): string {
  return text.replaceAll("$value", `$values.${QUERY}.Value`);
}

/** Its templates cannot ask the data source either. */
function translateAll(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const able = Object.entries(texts).filter(([, text]) => !/\| query\b/.test(text));
  return Object.fromEntries(able.map(([name, text]) => [name, translate(text)]));
}

/** Lower case, at most 40 characters, always the same. */
function ruleUid(name: string): string {
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase()
    .replace(/^intercom-client-/, "icc-")
    .slice(0, 40);
}

function buildRule(config: ResolvedConfig, alert: Alert): unknown {
  const relativeTimeRange = { from: LOOK_BACK_SECONDS, to: 0 };
  return {
    uid: ruleUid(alert.name),
    title: alert.name,
    condition: CONDITION,
    data: [
      {
        refId: QUERY,
        relativeTimeRange,
        datasourceUid: config.datasourceUid,
        model: { refId: QUERY, expr: alert.expr, instant: true, range: false, editorMode: "code" },
      },
      {
        // The query has a value only for what is in trouble; that there is one is the condition.
        refId: CONDITION,
        relativeTimeRange,
        datasourceUid: "__expr__",
        model: { refId: CONDITION, type: "math", expression: `is_number($${QUERY})` },
      },
    ],
    noDataState: "OK",
    execErrState: "Error",
    for: alert.for,
    dashboardUid: config.dashboards[alert.panel.dashboard].uid,
    panelId: alert.panel.id,
    labels: alert.labels,
    annotations: translateAll(alert.annotations),
    isPaused: false,
  };
}

function buildGroup(config: ResolvedConfig, { name, alerts }: AlertGroup): unknown {
  const seconds = Math.max(
    SHORTEST_INTERVAL_SECONDS,
    durationSeconds(`${config.evaluationIntervalSeconds}s`),
  );
  return {
    orgId: 1,
    name,
    folder: config.folder,
    interval: formatDuration(seconds),
    rules: alerts.map((alert) => buildRule(config, alert)),
  };
}

/** The alerts for Grafana's own alerting. The recording rules still belong in Prometheus. */
export function grafanaAlertingFiles({ config, alerts }: Model): readonly GeneratedFile[] {
  return [
    yamlFile(
      "grafana-alerting/provisioning/alerting/intercom-client.yaml",
      [
        "Copy to Grafana's provisioning/alerting.",
        "Prometheus must load prometheus/intercom-client-recording-rules.yaml: the alerts read what it records.",
        `datasourceUid must be the uid of your Prometheus data source; here ${config.datasourceUid}.`,
      ],
      [{ apiVersion: 1, groups: alerts.map((group) => buildGroup(config, group)) }],
    ),
  ];
}
