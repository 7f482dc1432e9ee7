import { DashboardCursorSync } from "@grafana/data";
import type { UPlotConfigBuilder } from "@grafana/ui";
import { TooltipPlugin2, UPlotChart } from "@grafana/ui";
import type { ReactElement } from "react";
import { useCallback, useMemo, useRef } from "react";
import type uPlot from "uplot";
import type { Cell, CellRows } from "./cell-canvas.ts";
import { buildCellAxes, drawCells } from "./cell-canvas.ts";
import { drawMarks } from "./draw-marks.ts";
import { HOVER_EVERYWHERE, HoverCard, markRows } from "./hover-card.tsx";
import type { PictureProps } from "./picture.ts";
import { usePlotHook } from "./use-plot-hook.ts";
import { usePointer } from "./use-pointer.ts";

/** A picture of rectangles in rows over time. */
export interface CellPlotProps extends CellRows {
  readonly picture: PictureProps;
  readonly cells: readonly Cell[];
  /** Empty space between cells, in CSS pixels. */
  readonly gapPixels: number;
  readonly height: number;
}

/** Has to be a child of the chart: a child's hooks are there before the chart draws. */
function Drawing(props: CellPlotProps & { readonly config: UPlotConfigBuilder }): null {
  const { config, cells, gapPixels, picture } = props;
  const { marks, theme } = picture;
  const draw = useCallback(
    (plot: uPlot) => {
      drawCells(plot, cells, gapPixels);
      drawMarks(plot, marks, theme);
    },
    [cells, gapPixels, marks, theme],
  );
  usePlotHook(config, draw);
  return null;
}

/** The tooltip: the time, and the cell under the pointer. */
function CellCard({ plot, cells, picture }: CellPlotProps & { readonly plot: uPlot }): ReactElement {
  const { range, marks, theme } = picture;
  const { left, top } = usePointer(plot);
  const time = plot.posToVal(left, "x");
  const row = Math.floor(plot.posToVal(top, "y"));
  const cell = cells.find((entry) => entry.row === row && entry.from <= time && entry.to > time);
  const shownMilliseconds = range.to.valueOf() - range.from.valueOf();
  const rows = [
    ...(cell === undefined ? [] : [{ label: cell.text, value: "", color: cell.color }]),
    ...markRows(marks, time, shownMilliseconds, theme.visualization.getColorByName),
  ];
  return <HoverCard timeMilliseconds={cell?.from ?? time} rows={rows} />;
}

/** Rectangles on Grafana's own axes, with its tooltip and zoom. */
export function CellPlot(props: CellPlotProps): ReactElement {
  const { picture, cells, labels, rowCount, height } = props;
  const { range, theme, width, onZoom } = picture;
  const rangeRef = useRef(range);
  rangeRef.current = range;
  // As text, so that new data with the same rows keeps the plot.
  const rows = JSON.stringify({ labels, rowCount } satisfies CellRows);
  const config = useMemo(() => buildCellAxes(theme, JSON.parse(rows) as CellRows, rangeRef), [theme, rows]);
  const data = useMemo(() => {
    const times = [...new Set(cells.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
    return [times, times.map(() => 0)] as [number[], number[]];
  }, [cells]);
  return (
    <UPlotChart config={config} data={data} width={width} height={height}>
      <Drawing {...props} config={config} />
      <TooltipPlugin2
        config={config}
        hoverMode={HOVER_EVERYWHERE}
        queryZoom={onZoom}
        syncMode={DashboardCursorSync.Crosshair}
        syncScope="preview"
        render={(plot) => <CellCard {...props} plot={plot} />}
      />
    </UPlotChart>
  );
}
