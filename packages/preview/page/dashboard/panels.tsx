import type { ReactElement } from "react";
import type { Navigate } from "../location/use-view-state.ts";
import type { DashboardJson, PanelJson } from "../model/dashboard.ts";
import { isRow } from "../model/dashboard.ts";
import type { Shared } from "./grid.tsx";
import { Grid } from "./grid.tsx";
import { RowSection } from "./row-section.tsx";

/** Height of a panel that is shown alone, in units of the grid. */
const ALONE = { x: 0, y: 0, w: 24, h: 16 };

function findPanel(dashboard: DashboardJson, id: number): PanelJson | undefined {
  const panels = dashboard.panels.flatMap((entry) => (isRow(entry) ? entry.panels : [entry]));
  return panels.find((panel) => panel.id === id);
}

/** The panels and rows of a dashboard, or the one panel that the address names. */
export function Panels(
  props: Shared & {
    readonly dashboard: DashboardJson;
    readonly viewPanel: number | undefined;
    readonly navigate: Navigate;
  },
): ReactElement {
  const { dashboard, viewPanel, navigate, ...shared } = props;
  const alone = viewPanel === undefined ? undefined : findPanel(dashboard, viewPanel);
  if (alone !== undefined) {
    return (
      <>
        <button type="button" className="plain" onClick={() => navigate({ viewPanel: undefined })}>
          Show the whole dashboard
        </button>
        <Grid panels={[{ ...alone, gridPos: ALONE }]} {...shared} />
      </>
    );
  }
  return (
    <>
      <Grid panels={dashboard.panels.filter((entry): entry is PanelJson => !isRow(entry))} {...shared} />
      {dashboard.panels.filter(isRow).map((row) => (
        <RowSection key={row.id} row={row} {...shared} />
      ))}
    </>
  );
}
