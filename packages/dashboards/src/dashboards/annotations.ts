import type { Severity } from "../alerts/names.ts";
import type { ResolvedConfig } from "../config/options.ts";
import type { Annotation } from "../panels/grafana.ts";
import { DATASOURCE } from "../panels/panel.ts";
import { rawMetric, select } from "../promql/select.ts";

/** Colours of firing alerts, wherever they are shown. */
export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  critical: "red",
  warning: "orange",
  info: "blue",
};

/** Matchers for the alerts of this package that fire now, in Prometheus's own `ALERTS` series. */
export const FIRING: readonly string[] = ['alertname=~"IntercomClient.+"', 'alertstate="firing"'];

function firing(severity: Severity): Annotation {
  return {
    name: `Firing: ${severity}`,
    datasource: DATASOURCE,
    enable: severity !== "info",
    hide: false,
    iconColor: SEVERITY_COLORS[severity],
    expr: select("ALERTS", [...FIRING, `severity="${severity}"`]),
    step: "60s",
    titleFormat: "{{alertname}}",
    textFormat: "{{client}} {{job}}",
  };
}

function versionChange(config: ResolvedConfig): Annotation {
  const info = rawMetric(config, "info", ['job=~"$job"']);
  const by = "group by (job, version)";
  return {
    name: "Version changes",
    datasource: DATASOURCE,
    enable: true,
    hide: false,
    iconColor: "purple",
    expr: `${by} (${info}) unless ${by} (${info} offset 5m)`,
    step: "60s",
    titleFormat: "{{job}} runs {{version}}",
    textFormat: "Another version of the instrumentation was started.",
  };
}

/** Marks for firing alerts, by severity. */
export function firingAnnotations(): readonly Annotation[] {
  return [firing("critical"), firing("warning"), firing("info")];
}

/** Marks for firing alerts, and for new versions in the chosen jobs. */
export function buildAnnotations(config: ResolvedConfig): readonly Annotation[] {
  return [...firingAnnotations(), versionChange(config)];
}
