import type { DataFrame } from "@grafana/data";
import { DashboardCursorSync } from "@grafana/data";
import type { UPlotConfigBuilder } from "@grafana/ui";
import { TooltipPlugin2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { useCallback } from "react";
import type uPlot from "uplot";
import { drawMarks } from "./draw-marks.ts";
import { drawExemplars } from "./exemplar-dots.ts";
import { HOVER_EVERYWHERE } from "./hover-card.tsx";
import type { PictureProps } from "./picture.ts";
import { SeriesCard } from "./series-card.tsx";
import { seriesRows } from "./series-rows.ts";
import { usePlotHook } from "./use-plot-hook.ts";

/** Tooltip, zoom by dragging, marks and exemplars over lines. */
export function SeriesOverlay(props: {
  readonly config: UPlotConfigBuilder;
  readonly aligned: DataFrame;
  readonly picture: PictureProps;
}): ReactElement {
  const { config, aligned, picture } = props;
  const { marks, exemplars, theme, onZoom } = picture;
  const draw = useCallback(
    (plot: uPlot) => {
      drawMarks(plot, marks, theme);
      drawExemplars(plot, exemplars);
    },
    [marks, exemplars, theme],
  );
  usePlotHook(config, draw);
  return (
    <TooltipPlugin2
      config={config}
      hoverMode={HOVER_EVERYWHERE}
      queryZoom={onZoom}
      syncMode={DashboardCursorSync.Crosshair}
      syncScope="preview"
      render={(plot, indexes, seriesIndex) => {
        const time = plot.data[0]?.[indexes[0] ?? -1];
        if (typeof time !== "number") return null;
        const rows = seriesRows(aligned, indexes, seriesIndex, theme);
        return <SeriesCard plot={plot} timeMilliseconds={time} rows={rows} picture={picture} />;
      }}
    />
  );
}
