import type { GrafanaTheme2, TimeRange } from "@grafana/data";
import { DashboardCursorSync } from "@grafana/data";
import { AxisPlacement, TooltipPlugin2, UPlotChart, UPlotConfigBuilder } from "@grafana/ui";
import type { ReactElement } from "react";
import { useCallback, useMemo, useRef } from "react";
import type uPlot from "uplot";
import { drawMarks } from "./draw-marks.ts";
import type { HoverRow } from "./hover-card.tsx";
import { HoverCard, markRows } from "./hover-card.tsx";
import type { PictureProps } from "./picture.ts";
import { usePlotHook } from "./use-plot-hook.ts";

/** `ScaleOrientation` and `ScaleDirection` of Grafana's schema, which is no dependency of the preview. */
const HORIZONTAL = 0;
const VERTICAL = 1;
const RISING = 1;

/** `TooltipHoverMode.xyOne`: the enum itself is not exported. */
const HOVER_ONE_CELL = 2;

/** A rectangle: rows count from 0 at the bottom, times are milliseconds since the epoch. */
export interface Cell {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly text: string;
}

/** A picture of rectangles in rows over time. */
export interface CellPlotProps {
  readonly picture: PictureProps;
  readonly cells: readonly Cell[];
  /** Names at heights, in rows from the bottom. */
  readonly labels: readonly { readonly at: number; readonly text: string }[];
  readonly rowCount: number;
  /** Empty space between cells, in CSS pixels. */
  readonly gapPixels: number;
  readonly height: number;
}

type Rows = Pick<CellPlotProps, "labels" | "rowCount">;

function buildConfig(theme: GrafanaTheme2, rows: Rows, range: { readonly current: TimeRange }) {
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

function drawCells(plot: uPlot, cells: readonly Cell[], gapPixels: number): void {
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

/** Has to be a child of the chart: a child's hooks are there before the chart draws. */
function Drawing(props: { readonly config: UPlotConfigBuilder; readonly draw: (plot: uPlot) => void }): null {
  usePlotHook(props.config, props.draw);
  return null;
}

/** Rectangles on Grafana's own axes, with its tooltip and zoom. */
export function CellPlot(props: CellPlotProps): ReactElement {
  const { picture, cells, labels, rowCount, gapPixels, height } = props;
  const { range, theme, marks, width, onZoom } = picture;
  const rangeRef = useRef(range);
  rangeRef.current = range;
  // As text, so that new data with the same rows keeps the plot.
  const rows = JSON.stringify({ labels, rowCount } satisfies Rows);
  const config = useMemo(() => buildConfig(theme, JSON.parse(rows) as Rows, rangeRef), [theme, rows]);
  const draw = useCallback(
    (plot: uPlot) => {
      drawCells(plot, cells, gapPixels);
      drawMarks(plot, marks, theme);
    },
    [cells, gapPixels, marks, theme],
  );
  const data = useMemo(() => {
    const times = [...new Set(cells.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
    return [times, times.map(() => 0)] as [number[], number[]];
  }, [cells]);
  const describe = (plot: uPlot): ReactElement | null => {
    const { left = -1, top = -1 } = plot.cursor;
    const time = plot.posToVal(left, "x");
    const row = Math.floor(plot.posToVal(top, "y"));
    const cell = cells.find((entry) => entry.row === row && entry.from <= time && entry.to > time);
    if (cell === undefined) return null;
    const shownMilliseconds = range.to.valueOf() - range.from.valueOf();
    const hoverRows: readonly HoverRow[] = [
      { label: cell.text, value: "", color: cell.color },
      ...markRows(marks, time, shownMilliseconds, theme.visualization.getColorByName),
    ];
    return <HoverCard timeMilliseconds={cell.from} rows={hoverRows} />;
  };
  return (
    <UPlotChart config={config} data={data} width={width} height={height}>
      <Drawing config={config} draw={draw} />
      <TooltipPlugin2
        config={config}
        hoverMode={HOVER_ONE_CELL}
        queryZoom={onZoom}
        syncMode={DashboardCursorSync.Crosshair}
        syncScope="preview"
        render={describe}
      />
    </UPlotChart>
  );
}
