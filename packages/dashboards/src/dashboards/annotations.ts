import type { Severity } from "../names/alert-names.ts";
import { FIRING } from "../names/alert-names.ts";
import { SEVERITY_COLORS } from "../panels/firing-table.ts";
import type { Annotation } from "../panels/grafana.ts";
import { DATASOURCE } from "../panels/panel.ts";
import { select } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";

function firing(severity: Severity): Annotation {
  return {
    name: `Firing: ${severity}`,
    datasource: DATASOURCE,
    // More than one kind of band would hide what it marks; the others can be switched on.
    enable: severity === "critical",
    hide: false,
    iconColor: SEVERITY_COLORS[severity],
    expr: select("ALERTS", [...FIRING, `severity="${severity}"`]),
    step: "60s",
    titleFormat: "{{alertname}}",
    textFormat: "{{client}} {{job}}",
  };
}

function versionChange({ raw }: Promql): Annotation {
  const info = raw("info", ['job=~"$job"']);
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
export function buildAnnotations(promql: Promql): readonly Annotation[] {
  return [...firingAnnotations(), versionChange(promql)];
}
