import { formatDuration } from "@intercom-telemetry/guards/duration";
import type { Promql } from "../promql/promql.ts";
import type {
  DataLink,
  DatasourceRef,
  FieldDefaults,
  FieldOverride,
  PanelSpec,
  PanelTarget,
  PanelType,
  ThresholdStep,
  Transformation,
  ValueMapping,
} from "./grafana.ts";

/** The data source chosen in the variable, so that a file works in every Grafana. */
export const DATASOURCE: DatasourceRef = { type: "prometheus", uid: `\${datasource}` };

/** One query, as panels are described. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
  /** Show the exemplars recorded with it. */
  readonly exemplar?: true;
}

/** What a panel shows; everything else follows from its kind. */
export interface PanelContent {
  readonly id: number;
  readonly title: string;
  /** What good looks like, and what to do when it does not. */
  readonly description: string;
  readonly queries: readonly Query[];
  readonly unit: string;
  /** Shown where there is nothing to show. */
  readonly noValue: string;
  readonly columns: number;
  readonly rows?: number;
  readonly max?: number;
  /** Values below 0 have a meaning (skew, a budget that is overspent, "unknown"). */
  readonly signed?: true;
  readonly decimals?: number;
  readonly thresholds?: readonly ThresholdStep[];
  readonly mappings?: readonly ValueMapping[];
  readonly overrides?: readonly FieldOverride[];
  readonly links?: readonly DataLink[];
}

/** What a kind of panel adds. */
export interface PanelKind {
  readonly type: PanelType;
  readonly instant: boolean;
  readonly format: PanelTarget["format"];
  readonly colorMode: FieldDefaults["color"]["mode"];
  readonly custom: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly rows: number;
  readonly transformations?: readonly Transformation[];
}

const NEUTRAL: readonly ThresholdStep[] = [{ color: "blue", value: null }];

/** Group labels of the configuration belong to a client's name wherever it is shown. */
function nameClient({ config }: Promql, legend: string): string {
  const labels = [...config.groupLabels, "client"].map((label) => `{{${label}}}`);
  return legend.replace("{{client}}", labels.join(" "));
}

function buildTarget(promql: Promql, kind: PanelKind, query: Query, index: number): PanelTarget {
  const { expr, legend, exemplar } = query;
  return {
    datasource: DATASOURCE,
    refId: String.fromCharCode("A".charCodeAt(0) + index),
    expr,
    legendFormat: nameClient(promql, legend),
    range: !kind.instant,
    instant: kind.instant,
    format: kind.format,
    exemplar,
    editorMode: "code",
  };
}

function buildDefaults(content: PanelContent, kind: PanelKind): FieldDefaults {
  return {
    unit: content.unit,
    min: content.signed ? undefined : 0,
    max: content.max,
    decimals: content.decimals,
    noValue: content.noValue,
    color: { mode: kind.colorMode },
    thresholds: { mode: "absolute", steps: content.thresholds ?? NEUTRAL },
    mappings: content.mappings ?? [],
    links: content.links,
    custom: kind.custom,
  };
}

/** Joins what a panel shows with what its kind adds. */
export function buildPanel(promql: Promql, content: PanelContent, kind: PanelKind): PanelSpec {
  return {
    id: content.id,
    type: kind.type,
    title: content.title,
    description: content.description,
    datasource: DATASOURCE,
    interval: formatDuration(promql.config.scrapeIntervalSeconds),
    targets: content.queries.map((query, index) => buildTarget(promql, kind, query, index)),
    fieldConfig: { defaults: buildDefaults(content, kind), overrides: content.overrides ?? [] },
    options: kind.options,
    ...(kind.transformations ? { transformations: kind.transformations } : {}),
    size: { columns: content.columns, rows: content.rows ?? kind.rows },
  };
}
