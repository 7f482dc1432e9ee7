import type { Model } from "../model.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { describeThreshold } from "../runbooks/render-runbook.ts";

function listDashboard({ title, uid, panels }: GrafanaDashboard): readonly string[] {
  const lines = panels.flatMap((panel) =>
    panel.type === "row"
      ? [`  [${panel.title}]`, ...panel.panels.map(({ id, title }) => `    ${id}  ${title}`)]
      : [`    ${panel.id}  ${panel.title}`],
  );
  return [`${title} (${uid})`, ...lines];
}

function listAlerts(model: Model): readonly string[] {
  const written = new Set(model.alerts.flatMap(({ alerts }) => alerts.map(({ name }) => name)));
  const alerts = model.allAlerts.flatMap((group) => group.alerts);
  const width = Math.max(...alerts.map(({ name }) => name.length));
  return alerts.map((alert) => {
    const off = written.has(alert.name) ? "" : "  (off)";
    return `${alert.name.padEnd(width)}  ${alert.severity.padEnd(8)}  ${describeThreshold(alert)} for ${alert.for}${off}`;
  });
}

/** Dashboards with their panels, then alerts with severity and threshold. */
export function renderList(model: Model): string {
  const dashboards = model.dashboards.map((dashboard) => listDashboard(dashboard).join("\n"));
  return `${[...dashboards, listAlerts(model).join("\n")].join("\n\n")}\n`;
}
