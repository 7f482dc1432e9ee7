import type { DataFrame } from "@grafana/data";
import { EventBusSrv, getFieldDisplayName } from "@grafana/data";
import type { GraphNGProps } from "@grafana/ui";
import { PanelContextProvider, SeriesVisibilityChangeMode, TimeSeries } from "@grafana/ui";
import type { ReactElement } from "react";
import { useCallback, useMemo, useState } from "react";
import type { PictureProps } from "./picture.ts";
import { readOption } from "./picture.ts";
import { SeriesOverlay } from "./series-overlay.tsx";

type Legend = GraphNGProps["legend"];

/** Joins a choice in the legend to the names shown so far; nothing chosen means all. */
function chooseNames(
  shown: ReadonlySet<string>,
  label: string | readonly string[] | null,
  mode: SeriesVisibilityChangeMode,
): ReadonlySet<string> {
  const names = label === null ? [] : [label].flat();
  if (mode === SeriesVisibilityChangeMode.SetExactly) return new Set(names);
  const [name = ""] = names;
  if (mode === SeriesVisibilityChangeMode.ToggleSelection) {
    return shown.size === 1 && shown.has(name) ? new Set() : new Set([name]);
  }
  const next = new Set(shown);
  if (!next.delete(name)) next.add(name);
  return next;
}

function hideOthers(frames: readonly DataFrame[], shown: ReadonlySet<string>): DataFrame[] {
  if (shown.size === 0) return [...frames];
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field, index) => {
      if (index === 0 || shown.has(getFieldDisplayName(field, frame, [...frames]))) return field;
      const custom = { ...field.config.custom, hideFrom: { viz: true, legend: false, tooltip: true } };
      return { ...field, config: { ...field.config, custom } };
    }),
  }));
}

/** Lines, points and bars over time, by Grafana's own component. */
export function Lines(picture: PictureProps): ReactElement {
  const { panel, frames, range, width, height } = picture;
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const visible = useMemo(() => hideOthers(frames, shown), [frames, shown]);
  const toggle = useCallback(
    (label: string | string[] | null, mode: SeriesVisibilityChangeMode) =>
      setShown((before) => chooseNames(before, label, mode)),
    [],
  );
  const context = useMemo(
    () => ({ eventsScope: "preview", eventBus: new EventBusSrv(), onToggleSeriesVisibility: toggle }),
    [toggle],
  );
  const legend = useMemo(
    () => ({
      showLegend: true,
      displayMode: "list",
      placement: "bottom",
      calcs: [],
      ...readOption(panel, "legend"),
    }),
    [panel],
  ) as Legend;
  return (
    <PanelContextProvider value={context}>
      <TimeSeries
        frames={visible}
        timeRange={range}
        timeZone="browser"
        width={width}
        height={height}
        legend={legend}
      >
        {(config, aligned) => <SeriesOverlay config={config} aligned={aligned} picture={picture} />}
      </TimeSeries>
    </PanelContextProvider>
  );
}
