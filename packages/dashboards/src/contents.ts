import { readFileSync } from "node:fs";
import { withoutMarkers } from "@intercom-telemetry/guards/markdown";
import type { DashboardsConfig } from "./config/options.ts";
import { createModel, type Model } from "./model.ts";
import type { AlertName, Severity } from "./names/alert-names.ts";
import type { GrafanaDashboard } from "./panels/grafana.ts";
import { describeThreshold, renderRunbook } from "./runbooks/render-runbook.ts";
import { RUNBOOKS_FOLDER } from "./runbooks-folder.ts";

/** A panel of a dashboard, with the row that it stands in. */
export interface PanelSummary {
  readonly id: number;
  readonly title: string;
  /** Title of the row; absent above the first one. */
  readonly row?: string | undefined;
}

/** A dashboard and its panels. */
export interface DashboardSummary {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelSummary[];
}

/** An alert and when it fires. */
export interface AlertSummary {
  readonly name: AlertName;
  readonly severity: Severity;
  /** The limit, e.g. `> 5%`. */
  readonly threshold: string;
  readonly for: string;
  /** Whether the configuration asks for it. */
  readonly enabled: boolean;
}

/** What there is: dashboards with their panels, and alerts. */
export interface Contents {
  readonly dashboards: readonly DashboardSummary[];
  readonly alerts: readonly AlertSummary[];
}

function summarizeDashboard({ uid, title, panels }: GrafanaDashboard): DashboardSummary {
  const summaries = panels.flatMap((panel): readonly PanelSummary[] =>
    panel.type === "row"
      ? panel.panels.map((inner) => ({ id: inner.id, title: inner.title, row: panel.title }))
      : [{ id: panel.id, title: panel.title }],
  );
  return { uid, title, panels: summaries };
}

function summarizeAlerts({ alerts, allAlerts }: Model): readonly AlertSummary[] {
  const enabled = new Set(alerts.flatMap((group) => group.alerts.map(({ name }) => name)));
  return allAlerts
    .flatMap((group) => group.alerts)
    .map((alert) => ({
      name: alert.name,
      severity: alert.severity,
      threshold: describeThreshold(alert),
      for: alert.for,
      enabled: enabled.has(alert.name),
    }));
}

/**
 * Lists dashboards with their panels, and alerts with severity and threshold.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function listContents(config?: DashboardsConfig): Contents {
  const model = createModel(config);
  return { dashboards: model.dashboards.map(summarizeDashboard), alerts: summarizeAlerts(model) };
}

/**
 * Gives the runbook of an alert with the configuration's own figures, as Markdown.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function readRunbook(name: AlertName, config?: DashboardsConfig): string {
  const model = createModel(config);
  const alert = model.allAlerts.flatMap((group) => group.alerts).find((each) => each.name === name);
  if (!alert) throw new TypeError("name: expected the name of an alert");
  const markdown = readFileSync(new URL(`${alert.name}.md`, RUNBOOKS_FOLDER), "utf8");
  return withoutMarkers(renderRunbook(model, alert, markdown));
}
