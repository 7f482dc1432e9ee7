import type { ComponentType, ReactElement } from "react";
import { DataTable } from "../viz/data-table.tsx";
import { Gauge } from "../viz/gauge.tsx";
import { Heatmap } from "../viz/heatmap.tsx";
import { Lines } from "../viz/lines.tsx";
import type { PictureProps } from "../viz/picture.ts";
import { Stat } from "../viz/stat.tsx";
import { StateTimeline } from "../viz/state-timeline.tsx";

/** The kinds of panel that the preview draws, by Grafana's name. */
const KINDS: Readonly<Record<string, ComponentType<PictureProps>>> = {
  timeseries: Lines,
  stat: Stat,
  gauge: Gauge,
  bargauge: Gauge,
  table: DataTable,
  heatmap: Heatmap,
  "state-timeline": StateTimeline,
};

/** The picture of a panel, by its kind. */
export function PictureOf(props: PictureProps): ReactElement {
  const Kind = KINDS[props.panel.type];
  if (Kind === undefined) {
    return <p className="notice">The preview does not draw panels of the kind “{props.panel.type}”.</p>;
  }
  return <Kind {...props} />;
}
