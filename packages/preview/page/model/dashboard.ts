import type { DataTransformerConfig, FieldConfigSource } from "@grafana/data";

/** What the preview reads of one query. */
export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly format?: "time_series" | "table" | "heatmap";
  readonly exemplar?: boolean;
}

/** Position on the grid of 24 columns. */
export interface GridJson {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What the preview reads of a panel. */
export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly interval?: string;
  readonly gridPos: GridJson;
  readonly targets?: readonly TargetJson[];
  readonly fieldConfig?: FieldConfigSource;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly DataTransformerConfig[];
}

/** A line that hides its panels until it is opened. */
export interface RowJson {
  readonly id: number;
  readonly type: "row";
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: GridJson;
  readonly panels: readonly PanelJson[];
}

/** What the preview reads of a template variable. */
export interface VariableJson {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly query?: string | { readonly query: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly current?: { readonly value?: string | readonly string[] };
}

/** What the preview reads of marks on every picture. */
export interface AnnotationJson {
  readonly name: string;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly expr: string;
  readonly step?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
}

/** What the preview reads of a link to other dashboards. */
export interface LinkJson {
  readonly type: string;
  readonly tags: readonly string[];
  readonly keepTime: boolean;
  readonly includeVars: boolean;
}

/** What the preview reads of Grafana's classic dashboard. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly refresh?: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly links: readonly LinkJson[];
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly annotations: { readonly list: readonly AnnotationJson[] };
  readonly panels: readonly (PanelJson | RowJson)[];
}

/** Tells rows from panels. */
export function isRow(entry: PanelJson | RowJson): entry is RowJson {
  return entry.type === "row";
}
