import { Table } from "@grafana/ui";
import type { ReactElement } from "react";
import type { PictureProps } from "./picture.ts";

/** Below this a column cannot be read; the table scrolls sideways instead. */
const COLUMN_MIN_WIDTH_PIXELS = 130;

/** Rows and columns, by Grafana's own component. */
export function DataTable({ panel, frames, width, height }: PictureProps): ReactElement | null {
  const [frame] = frames;
  if (frame === undefined) return null;
  return (
    <Table
      ariaLabel={panel.title}
      data={frame}
      width={width}
      height={height}
      columnMinWidth={COLUMN_MIN_WIDTH_PIXELS}
    />
  );
}
