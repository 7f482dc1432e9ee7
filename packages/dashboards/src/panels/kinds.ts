import type { ResolvedConfig } from "../config/options.ts";
import type { PanelSpec, Transformation } from "./grafana.ts";
import type { PanelContent, PanelKind } from "./panel.ts";
import { buildPanel } from "./panel.ts";

const TOOLTIP = { mode: "multi", sort: "desc" };
const LEGEND = { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] };

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
function chooseReach({ thresholds = [] }: PanelContent, style: TimeSeriesStyle): { axisSoftMax?: number } {
  const highest = Math.max(...thresholds.map(({ value }) => value ?? Number.NEGATIVE_INFINITY));
  const ownReach = style.thresholdLines && highest > 0 ? highest * ABOVE_THRESHOLD : undefined;
  const axisSoftMax = style.reaches ?? ownReach;
  return axisSoftMax === undefined ? {} : { axisSoftMax };
}

/** Lines, points or bars over time. */
export function timeSeries(
  config: ResolvedConfig,
  content: PanelContent,
  style: TimeSeriesStyle = {},
): PanelSpec {
  const draw = style.draw ?? "line";
  const kind: PanelKind = {
    type: "timeseries",
    instant: false,
    format: "time_series",
    colorMode: "palette-classic",
    custom: {
      drawStyle: draw,
      // The line of a stacked series that is 0 would outline the others in its colour.
      lineWidth: style.stack ? 0 : 1,
      fillOpacity: draw === "bars" ? 80 : style.stack ? 60 : 8,
      showPoints: draw === "points" ? "always" : "never",
      pointSize: 4,
      spanNulls: false,
      stacking: { mode: style.stack ? "normal" : "none", group: "A" },
      thresholdsStyle: { mode: style.thresholdLines ? "dashed" : "off" },
      ...chooseReach(content, style),
    },
    options: { legend: LEGEND, tooltip: TOOLTIP },
    rows: 8,
  };
  return buildPanel(config, content, kind);
}

/** One large number for each query, the current one. Without `namePixels` the names are as large as they can be. */
export function stat(config: ResolvedConfig, content: PanelContent, namePixels?: number): PanelSpec {
  const kind: PanelKind = {
    type: "stat",
    instant: true,
    format: "time_series",
    colorMode: "thresholds",
    custom: {},
    options: {
      reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
      colorMode: "value",
      graphMode: "none",
      justifyMode: "auto",
      orientation: "auto",
      textMode: "auto",
      wideLayout: true,
      ...(namePixels === undefined ? {} : { text: { titleSize: namePixels } }),
    },
    rows: 5,
  };
  return buildPanel(config, content, kind);
}

/** A histogram's buckets over time. */
export function heatmap(config: ResolvedConfig, content: PanelContent): PanelSpec {
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
  return buildPanel(config, content, kind);
}

/** Rows and columns from the labels of the current values. */
export function table(
  config: ResolvedConfig,
  content: PanelContent,
  transformations: readonly Transformation[],
): PanelSpec {
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
  return buildPanel(config, content, kind);
}

/** One band for each series, coloured by state. */
export function stateTimeline(config: ResolvedConfig, content: PanelContent): PanelSpec {
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
  return buildPanel(config, content, kind);
}
