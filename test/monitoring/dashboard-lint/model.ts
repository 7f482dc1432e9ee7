import { buildDashboards } from "@intercom-telemetry/dashboards";

/** A dashboard as Grafana reads it, as far as the rules look. */
export interface LintedDashboard {
  readonly title: string;
  readonly editable: boolean;
  readonly templating: { readonly list: readonly LintedVariable[] };
  readonly panels: readonly LintedPanel[];
}

/** A template variable. */
export interface LintedVariable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly query?: unknown;
  readonly datasource?: { readonly uid: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly refresh?: number;
}

/** A panel, or a row of panels. */
export interface LintedPanel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly LintedTarget[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly panels?: readonly LintedPanel[];
}

/** A query of a panel. */
export interface LintedTarget {
  readonly refId: string;
  readonly expr: string;
  readonly datasource?: { readonly uid: string };
}

/** The shipped dashboards, as plain JSON. */
export function readDashboards(): readonly LintedDashboard[] {
  return JSON.parse(JSON.stringify(buildDashboards()));
}

/** All panels but rows, those in rows included. */
export function flattenPanels(panels: readonly LintedPanel[]): readonly LintedPanel[] {
  return panels.flatMap((panel) => (panel.type === "row" ? flattenPanels(panel.panels ?? []) : [panel]));
}
