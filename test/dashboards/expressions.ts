import type { DashboardsConfig, GrafanaDashboard, Panel } from "@intercom-telemetry/dashboards";
import { buildDashboards, buildRules, describeAlerts } from "@intercom-telemetry/dashboards";

/** An expression and where it stands. */
export interface Expression {
  readonly where: string;
  readonly expr: string;
}

/** The panels of a dashboard, those in rows included. */
export function panelsOf({ panels }: GrafanaDashboard): readonly Panel[] {
  return panels.flatMap((panel) => (panel.type === "row" ? panel.panels : [panel]));
}

/** What Grafana would send with everything chosen. */
export function interpolate(expr: string, rateInterval = "5m"): string {
  return expr.replaceAll("$__rate_interval", rateInterval).replace(/\$[a-z]\w*/g, ".+");
}

/** Every query of every panel and annotation, as Grafana would send it. */
export function panelExpressions(config?: DashboardsConfig, rateInterval?: string): readonly Expression[] {
  return buildDashboards(config).flatMap((dashboard) => [
    ...panelsOf(dashboard).flatMap(({ title, targets }) =>
      targets.map(({ refId, expr }) => ({
        where: `${dashboard.uid} / ${title} / ${refId}`,
        expr: interpolate(expr, rateInterval),
      })),
    ),
    ...dashboard.annotations.list.map(({ name, expr }) => ({
      where: `${dashboard.uid} / annotation ${name}`,
      expr: interpolate(expr, rateInterval),
    })),
  ]);
}

/** Every expression of every rule. */
export function ruleExpressions(config?: DashboardsConfig): readonly Expression[] {
  return buildRules(config).groups.flatMap(({ rules }) =>
    rules.map((rule) => ({ where: "record" in rule ? rule.record : rule.alert, expr: rule.expr })),
  );
}

/** Every query that a runbook offers to paste. */
export function runbookExpressions(config?: DashboardsConfig): readonly Expression[] {
  return describeAlerts(config).flatMap(({ name, guidance }) =>
    guidance.queries.map(({ question, expr }) => ({ where: `${name} / ${question}`, expr })),
  );
}
