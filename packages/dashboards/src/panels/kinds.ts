import type { Promql } from "../promql/promql.ts";
import type { PanelSpec, Transformation } from "./grafana.ts";
import type { PanelContent, PanelKind } from "./panel.ts";
import { buildPanel } from "./panel.ts";

const TOOLTIP = { mode: "multi", sort: "desc" };
const LEGEND = { displayMode: "list", placement: "bottom", showLegend: true, calcs: ["lastNotNull", "max"] };

/** How a time series is drawn. */
export interface TimeSeriesStyle {
  readonly draw?: "line" | "points" | "bars";
  readonly stack?: boolean;
  /** Draw the thresholds as dashed lines. */
  readonly thresholdLines?: boolean;
  /** Value that the axis reaches even when all lines are lower. Default: a little above the highest threshold line. */
  readonly reaches?: number;
}

/** Space above the highest threshold line, as a factor: the line is in sight, and so are values well below it. */
const ABOVE_THRESHOLD = 1.25;

/** How far the axis goes at least; nothing is said where nothing is known that values should be compared with. */
function chooseReach({ thresholds = [] }: PanelContent, style: TimeSeriesStyle): number | undefined {
  const highest = Math.max(...thresholds.map(({ value }) => value ?? Number.NEGATIVE_INFINITY));
  const ownReach = style.thresholdLines && highest > 0 ? highest * ABOVE_THRESHOLD : undefined;
  return style.reaches ?? ownReach;
}

/** Lines, points or bars over time. */
function timeSeries(promql: Promql, content: PanelContent, style: TimeSeriesStyle = {}): PanelSpec {
  const draw = style.draw ?? "line";
  const kind: PanelKind = {
    type: "timeseries",
    instant: false,
    format: "time_series",
    colorMode: "palette-classic",
    custom: {
      drawStyle: draw,
      // The line of a stacked series that is 0 would outline the others in its color.
      lineWidth: style.stack ? 0 : 1,
      fillOpacity: draw === "bars" ? 80 : style.stack ? 60 : 8,
      showPoints: draw === "points" ? "always" : "never",
      pointSize: 4,
      spanNulls: false,
      stacking: { mode: style.stack ? "normal" : "none", group: "A" },
      thresholdsStyle: { mode: style.thresholdLines ? "dashed" : "off" },
      axisSoftMax: chooseReach(content, style),
    },
    options: { legend: LEGEND, tooltip: TOOLTIP },
    rows: 8,
  };
  return buildPanel(promql, content, kind);
}

/** How a large number looks. */
export interface StatStyle {
  /** All figures of a line are this large, whatever their length. */
  readonly valuePixels?: number;
  readonly namePixels?: number;
  /** Show the name alone, on a colored ground. */
  readonly nameOnly?: true;
}

/** One large number for each query, the current one. */
function stat(promql: Promql, content: PanelContent, style: StatStyle = {}): PanelSpec {
  const { valuePixels, namePixels, nameOnly } = style;
  const text = { titleSize: namePixels, valueSize: valuePixels };
  const kind: PanelKind = {
    type: "stat",
    instant: true,
    format: "time_series",
    colorMode: "thresholds",
    custom: {},
    options: {
      reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
      colorMode: nameOnly ? "background_solid" : "value",
      graphMode: "none",
      justifyMode: "auto",
      orientation: "auto",
      textMode: nameOnly ? "name" : "auto",
      wideLayout: true,
      text,
    },
    rows: 5,
  };
  return buildPanel(promql, content, kind);
}

/** A histogram's buckets over time. */
function heatmap(promql: Promql, content: PanelContent): PanelSpec {
  const kind: PanelKind = {
    type: "heatmap",
    instant: false,
    format: "heatmap",
    colorMode: "thresholds",
    custom: {},
    options: {
      calculate: false,
      cellGap: 1,
      color: {
        mode: "scheme",
        scheme: "Oranges",
        steps: 64,
        exponent: 0.5,
        fill: "dark-orange",
        scale: "exponential",
        reverse: false,
      },
      filterValues: { le: 1e-9 },
      legend: { show: true },
      exemplars: { color: "rgba(255,0,255,0.7)" },
      rowsFrame: { layout: "auto" },
      tooltip: { mode: "single", showColorScale: false, yHistogram: false },
      yAxis: { axisPlacement: "left", reverse: false, unit: content.unit },
    },
    rows: 8,
  };
  return buildPanel(promql, content, kind);
}

/** Rows and columns from the labels of the current values. */
function table(promql: Promql, content: PanelContent, transformations: readonly Transformation[]): PanelSpec {
  const kind: PanelKind = {
    type: "table",
    instant: true,
    format: "table",
    colorMode: "thresholds",
    custom: { align: "auto", cellOptions: { type: "auto" }, inspect: false },
    options: { showHeader: true, cellHeight: "sm" },
    rows: 9,
    transformations,
  };
  return buildPanel(promql, content, kind);
}

/** One band for each series, colored by state. */
function stateTimeline(promql: Promql, content: PanelContent): PanelSpec {
  const kind: PanelKind = {
    type: "state-timeline",
    instant: false,
    format: "time_series",
    colorMode: "thresholds",
    custom: { lineWidth: 0, fillOpacity: 70 },
    options: {
      showValue: "never",
      mergeValues: true,
      rowHeight: 0.9,
      alignValue: "left",
      legend: LEGEND,
      tooltip: { mode: "single", sort: "none" },
    },
    rows: 8,
  };
  return buildPanel(promql, content, kind);
}

/** The kinds of panel, bound to a configuration. */
export interface Kinds {
  readonly timeSeries: (content: PanelContent, style?: TimeSeriesStyle) => PanelSpec;
  readonly stat: (content: PanelContent, style?: StatStyle) => PanelSpec;
  readonly heatmap: (content: PanelContent) => PanelSpec;
  readonly table: (content: PanelContent, transformations: readonly Transformation[]) => PanelSpec;
  readonly stateTimeline: (content: PanelContent) => PanelSpec;
}

/** Binds the configuration. */
export function createKinds(promql: Promql): Kinds {
  return {
    timeSeries: (content, style) => timeSeries(promql, content, style),
    stat: (content, style) => stat(promql, content, style),
    heatmap: (content) => heatmap(promql, content),
    table: (content, transformations) => table(promql, content, transformations),
    stateTimeline: (content) => stateTimeline(promql, content),
  };
}
