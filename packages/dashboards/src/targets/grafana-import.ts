import type { Model } from "../model.ts";
import type { GrafanaDashboard, Variable } from "../panels/grafana.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The name under which Grafana asks for a data source when a dashboard is imported. */
const INPUT = "DS_PROMETHEUS";
/** The first version that knows every field in use. */
const OLDEST_GRAFANA = "10.4.0";

const PANEL_NAMES: Readonly<Record<string, string>> = {
  timeseries: "Time series",
  stat: "Stat",
  table: "Table",
  heatmap: "Heatmap",
  "state-timeline": "State timeline",
};

function chooseInput(variable: Variable): Variable {
  if (variable.type !== "datasource") return variable;
  return { ...variable, current: { text: `\${${INPUT}}`, value: `\${${INPUT}}` } };
}

function toImport(dashboard: GrafanaDashboard): unknown {
  const panels = dashboard.panels.flatMap((panel) => (panel.type === "row" ? panel.panels : [panel]));
  const types = [...new Set(panels.map(({ type }) => type))].sort();
  return {
    __inputs: [
      {
        name: INPUT,
        label: "Prometheus",
        description: "Where the metrics and the recorded series are.",
        type: "datasource",
        pluginId: "prometheus",
        pluginName: "Prometheus",
      },
    ],
    __elements: {},
    __requires: [
      { type: "grafana", id: "grafana", name: "Grafana", version: OLDEST_GRAFANA },
      { type: "datasource", id: "prometheus", name: "Prometheus", version: "1.0.0" },
      ...types.map((id) => ({ type: "panel", id, name: PANEL_NAMES[id] ?? id, version: "" })),
    ],
    id: null,
    ...dashboard,
    editable: true,
    templating: { list: dashboard.templating.list.map(chooseInput) },
  };
}

/** Dashboards to upload to grafana.com or to import by hand: Grafana asks which data source to use. */
export function grafanaImportFiles({ dashboards }: Model): readonly GeneratedFile[] {
  return dashboards.map((dashboard) => ({
    path: `grafana-import/${dashboard.uid}.json`,
    content: `${JSON.stringify(toImport(dashboard), null, 2)}\n`,
  }));
}
