/** Where a panel's queries go. */
export interface DatasourceRef {
  readonly type: "prometheus";
  readonly uid: string;
}

/** One query of a panel. */
export interface PanelTarget {
  readonly datasource: DatasourceRef;
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly range: boolean;
  readonly instant: boolean;
  readonly format: "time_series" | "table" | "heatmap";
  readonly exemplar?: boolean | undefined;
  readonly editorMode: "code";
}

/** Position on the grid of 24 columns. */
export interface GridPosition {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

/** A color from a value on; `null` stands for minus infinity. */
export interface ThresholdStep {
  readonly color: string;
  readonly value: number | null;
}

/** Text, and perhaps color, instead of single values. */
export interface ValueMapping {
  readonly type: "value";
  readonly options: Readonly<
    Record<string, { readonly text: string; readonly color?: string; readonly index: number }>
  >;
}

/** How the values of a field look. */
export interface FieldDefaults {
  readonly unit: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly decimals?: number | undefined;
  readonly noValue: string;
  readonly color: { readonly mode: "palette-classic" | "thresholds" };
  readonly thresholds: { readonly mode: "absolute"; readonly steps: readonly ThresholdStep[] };
  readonly mappings: readonly ValueMapping[];
  readonly links?: readonly DataLink[] | undefined;
  readonly custom: Readonly<Record<string, unknown>>;
}

/** Where a click on a value leads. */
export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

/** A different look for some fields. */
export interface FieldOverride {
  readonly matcher: { readonly id: "byName" | "byRegexp" | "byFrameRefID"; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

/** A step between query and picture. */
export interface Transformation {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The kinds of picture in use. All ship with Grafana. */
export type PanelType = "timeseries" | "stat" | "table" | "heatmap" | "state-timeline";

/** A panel before it has a position on the grid. */
export interface PanelSpec {
  readonly id: number;
  readonly type: PanelType;
  readonly title: string;
  readonly description: string;
  readonly datasource: DatasourceRef;
  readonly interval: string;
  readonly targets: readonly PanelTarget[];
  readonly fieldConfig: { readonly defaults: FieldDefaults; readonly overrides: readonly FieldOverride[] };
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly Transformation[];
  readonly size: { readonly columns: number; readonly rows: number };
}

/** A panel with its position on the grid. */
export interface Panel extends Omit<PanelSpec, "size"> {
  readonly gridPos: GridPosition;
}

/** A line across the dashboard that hides its panels until it is opened. */
export interface Row {
  readonly id: number;
  readonly type: "row";
  readonly title: string;
  readonly collapsed: true;
  readonly gridPos: GridPosition;
  readonly panels: readonly Panel[];
}

/** A template variable. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: "datasource" | "query";
  readonly query: string | { readonly query: string; readonly refId: string };
  readonly datasource?: DatasourceRef;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly refresh?: 2;
  readonly sort?: 1;
  readonly current?: Readonly<Record<string, unknown>>;
  readonly options: readonly [];
  readonly hide: 0;
}

/** Marks on every picture. */
export interface Annotation {
  readonly name: string;
  readonly datasource: DatasourceRef;
  readonly enable: boolean;
  readonly hide: boolean;
  readonly iconColor: string;
  readonly expr: string;
  readonly step: string;
  readonly titleFormat: string;
  readonly textFormat: string;
}

/** A link to the other dashboards. */
export interface DashboardLink {
  readonly type: "dashboards";
  readonly title: string;
  readonly tags: readonly string[];
  readonly keepTime: true;
  readonly includeVars: true;
  readonly asDropdown: boolean;
  readonly targetBlank: false;
  readonly icon: string;
  readonly tooltip: string;
  readonly url: string;
}

/** Grafana's classic dashboard, as its file provisioner and its sidecar take it. */
export interface GrafanaDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly editable: false;
  readonly graphTooltip: 1;
  readonly schemaVersion: number;
  readonly version: number;
  readonly refresh: string;
  readonly timezone: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly links: readonly DashboardLink[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly panels: readonly (Panel | Row)[];
}
