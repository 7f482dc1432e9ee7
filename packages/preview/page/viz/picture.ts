import type { DataFrame, GrafanaTheme2, TimeRange } from "@grafana/data";
import type { PanelJson } from "../model/dashboard.ts";
import type { Exemplar } from "../query/exemplars.ts";
import type { Mark } from "../query/find-marks.ts";

/** What every kind of picture gets. */
export interface PictureProps {
  readonly panel: PanelJson;
  /** Frames with units, colors and mappings; never empty. */
  readonly frames: readonly DataFrame[];
  readonly exemplars: readonly Exemplar[];
  readonly marks: readonly Mark[];
  readonly range: TimeRange;
  readonly theme: GrafanaTheme2;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Shows a part of the time, in milliseconds since the epoch. */
  readonly onZoom: (range: { from: number; to: number }) => void;
}

/** Reads an option of a panel that is an object, or nothing. */
export function readOption<Shape>(panel: PanelJson, name: string): Partial<Shape> {
  const value = panel.options?.[name];
  return typeof value === "object" && value !== null ? (value as Partial<Shape>) : {};
}
