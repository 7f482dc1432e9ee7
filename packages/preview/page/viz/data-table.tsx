import { Table } from "@grafana/ui";
import type { ReactElement } from "react";
import type { PictureProps } from "./picture.ts";
import { RowList } from "./row-list.tsx";

/** Below this a column cannot be read; the table scrolls sideways instead. */
const COLUMN_MIN_WIDTH_PIXELS = 80;

/** Below this not even one column would be in sight whole: the rows are listed instead. */
const TABLE_MIN_WIDTH_PIXELS = 600;

/** Rows and columns, by Grafana's own component where there is room for columns. */
export function DataTable({ panel, frames, width, height }: PictureProps): ReactElement | null {
  const [frame] = frames;
  if (frame === undefined) return null;
  if (width < TABLE_MIN_WIDTH_PIXELS) return <RowList title={panel.title} frame={frame} height={height} />;
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
