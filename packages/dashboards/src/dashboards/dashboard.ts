import type { ResolvedConfig } from "../config/options.ts";
import type { DashboardKey } from "../names/dashboards.ts";
import type { Annotation, GrafanaDashboard, Panel, Row, Variable } from "../panels/grafana.ts";

/** The first schema of which every supported Grafana knows all fields; newer ones migrate it on load. */
const SCHEMA_VERSION = 39;

/** What differs between the dashboards. */
export interface DashboardContent {
  readonly key: DashboardKey;
  readonly description: string;
  readonly from: string;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly panels: readonly (Panel | Row)[];
}

/** Puts a dashboard's content into Grafana's frame. */
export function frameDashboard(config: ResolvedConfig, content: DashboardContent): GrafanaDashboard {
  return {
    ...config.dashboards[content.key],
    description: content.description,
    tags: config.tags,
    editable: false,
    graphTooltip: 1,
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    refresh: config.refresh,
    timezone: config.timezone,
    time: { from: content.from, to: "now" },
    links: [
      {
        type: "dashboards",
        title: "Intercom",
        tags: config.tags.slice(0, 1),
        keepTime: true,
        includeVars: true,
        asDropdown: false,
        targetBlank: false,
        icon: "external link",
        tooltip: "",
        url: "",
      },
    ],
    templating: { list: content.variables },
    annotations: { list: content.annotations },
    panels: content.panels,
  };
}
