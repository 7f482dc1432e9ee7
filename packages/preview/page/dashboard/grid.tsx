import type { CSSProperties, ReactElement } from "react";
import type { GridJson, PanelJson } from "../model/dashboard.ts";
import { PanelFrame } from "../panel/panel-frame.tsx";
import type { Mark } from "../query/find-marks.ts";
import type { QueryScope } from "../query/run-panel.ts";

/** Grafana's grid: height of one unit, and the space between panels, in CSS pixels. */
const UNIT_PIXELS = 30;
const GAP_PIXELS = 8;

/** What the panels of a dashboard share. */
export interface Shared {
  readonly scope: QueryScope;
  readonly marks: readonly Mark[];
  readonly onZoom: (range: { from: number; to: number }) => void;
}

function heightPixels({ h }: GridJson): number {
  return h * UNIT_PIXELS + (h - 1) * GAP_PIXELS;
}

function place({ x, w }: GridJson): CSSProperties {
  return { "--column": `${x + 1} / span ${w}` } as CSSProperties;
}

/** Panels on Grafana's grid of 24 columns; one below the other on a phone. */
export function Grid({
  panels,
  ...shared
}: Shared & { readonly panels: readonly PanelJson[] }): ReactElement {
  const ordered = panels.toSorted(
    (one, other) => one.gridPos.y - other.gridPos.y || one.gridPos.x - other.gridPos.x,
  );
  return (
    <div className="grid">
      {ordered.map((panel) => (
        <div key={panel.id} className="cell" style={place(panel.gridPos)}>
          <PanelFrame panel={panel} height={heightPixels(panel.gridPos)} {...shared} />
        </div>
      ))}
    </div>
  );
}
