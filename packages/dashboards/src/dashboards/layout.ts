import type { Panel, PanelSpec, Row } from "../panels/grafana.ts";

const GRID_COLUMNS = 24;

/** Panels that are hidden until somebody opens their row. */
export interface RowSpec {
  readonly id: number;
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

function arrange(specs: readonly PanelSpec[], top: number): { panels: readonly Panel[]; bottom: number } {
  let x = 0;
  let y = top;
  let lineHeight = 0;
  const panels = specs.map(({ size, ...panel }): Panel => {
    if (x + size.columns > GRID_COLUMNS) {
      x = 0;
      y += lineHeight;
      lineHeight = 0;
    }
    const gridPos = { h: size.rows, w: size.columns, x, y };
    x += size.columns;
    lineHeight = Math.max(lineHeight, size.rows);
    return { ...panel, gridPos };
  });
  return { panels, bottom: y + lineHeight };
}

/** Puts panels on the grid from left to right and top to bottom, the rows below them. */
export function layoutGrid(
  firstScreen: readonly PanelSpec[],
  rows: readonly RowSpec[],
): readonly (Panel | Row)[] {
  const { panels, bottom } = arrange(firstScreen, 0);
  const placedRows = rows.map((row, index): Row => {
    const y = bottom + index;
    return {
      id: row.id,
      type: "row",
      title: row.title,
      collapsed: true,
      gridPos: { h: 1, w: GRID_COLUMNS, x: 0, y },
      panels: arrange(row.panels, y + 1).panels,
    };
  });
  return [...panels, ...placedRows];
}
