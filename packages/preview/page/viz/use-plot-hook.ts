import type { UPlotConfigBuilder } from "@grafana/ui";
import { useLayoutEffect, useRef } from "react";
import type uPlot from "uplot";

/** Draws on a plot after its own lines, and again whenever `draw` changes. */
export function usePlotHook(config: UPlotConfigBuilder, draw: (plot: uPlot) => void): void {
  const drawRef = useRef(draw);
  const plotRef = useRef<uPlot | undefined>(undefined);
  useLayoutEffect(() => {
    config.addHook("init", (plot) => {
      plotRef.current = plot;
    });
    config.addHook("destroy", () => {
      plotRef.current = undefined;
    });
    config.addHook("draw", (plot) => drawRef.current(plot));
  }, [config]);
  useLayoutEffect(() => {
    drawRef.current = draw;
    plotRef.current?.redraw(false);
  }, [draw]);
}
