import type { GrafanaTheme2, TimeRange } from "@grafana/data";
import { AxisPlacement, UPlotConfigBuilder } from "@grafana/ui";
import type uPlot from "uplot";

/** `ScaleOrientation` and `ScaleDirection` of Grafana's schema, which the preview does not depend on. */
const HORIZONTAL = 0;
const VERTICAL = 1;
const RISING = 1;

/** A rectangle: rows count from 0 at the bottom, times are milliseconds since the epoch. */
export interface Cell {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly text: string;
}

/** The rows of a plot. */
export interface CellRows {
  /** Names at heights, in rows from the bottom. */
  readonly labels: readonly { readonly at: number; readonly text: string }[];
  readonly rowCount: number;
}

/** Axes for rows over time. */
export function buildCellAxes(
  theme: GrafanaTheme2,
  rows: CellRows,
  range: { readonly current: TimeRange },
): UPlotConfigBuilder {
  const config = new UPlotConfigBuilder("browser");
  config.addScale({
    scaleKey: "x",
    isTime: true,
    orientation: HORIZONTAL,
    direction: RISING,
    range: () => [range.current.from.valueOf(), range.current.to.valueOf()],
  });
  config.addScale({
    scaleKey: "y",
    orientation: VERTICAL,
    direction: RISING,
    range: () => [0, rows.rowCount],
  });
  const axis = { theme, timeZone: "browser" };
  config.addAxis({ ...axis, scaleKey: "x", isTime: true, placement: AxisPlacement.Bottom });
  config.addAxis({
    ...axis,
    scaleKey: "y",
    placement: AxisPlacement.Left,
    grid: { show: false },
    splits: rows.labels.map(({ at }) => at),
    values: rows.labels.map(({ text }) => text),
  });
  config.addSeries({
    scaleKey: "y",
    theme,
    show: true,
    pathBuilder: () => null,
    pointsBuilder: () => undefined,
  });
  return config;
}

/** Draws cells with a gap between them, in CSS pixels. */
export function drawCells(plot: uPlot, cells: readonly Cell[], gapPixels: number): void {
  const { ctx, bbox } = plot;
  const gap = gapPixels * window.devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { row, from, to, color } of cells) {
    const left = Math.round(plot.valToPos(from, "x", true));
    const right = Math.round(plot.valToPos(to, "x", true));
    const top = Math.round(plot.valToPos(row + 1, "y", true));
    const bottom = Math.round(plot.valToPos(row, "y", true));
    const wide = right - left > 3 * gap ? gap : 0;
    ctx.fillStyle = color;
    ctx.fillRect(left + wide / 2, top + gap / 2, Math.max(right - left - wide, 1), bottom - top - gap);
  }
  ctx.restore();
}
