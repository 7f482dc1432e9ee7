import type { ReactElement } from "react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { AnnotationSwitches } from "../controls/annotation-switches.tsx";
import { TimeControls } from "../controls/time-controls.tsx";
import { VariableControls } from "../controls/variable-controls.tsx";
import { resolveTimeRange } from "../location/time-range.ts";
import type { Navigate } from "../location/use-view-state.ts";
import type { ViewState } from "../location/view-state.ts";
import type { DashboardJson, PanelJson } from "../model/dashboard.ts";
import { isRow } from "../model/dashboard.ts";
import { buildReplacements } from "../query/variable-options.ts";
import { Grid } from "./grid.tsx";
import { MarkList } from "./mark-list.tsx";
import { RowSection } from "./row-section.tsx";
import { useMarks } from "./use-marks.ts";
import { useRefresh } from "./use-refresh.ts";

/** Height of a panel that is shown alone, in units of the grid. */
const ALONE = { x: 0, y: 0, w: 24, h: 16 };

function findPanel(dashboard: DashboardJson, id: number): PanelJson | undefined {
  const panels = dashboard.panels.flatMap((entry) => (isRow(entry) ? entry.panels : [entry]));
  return panels.find((panel) => panel.id === id);
}

function useScope(dashboard: DashboardJson, state: ViewState, turn: number) {
  const from = state.from ?? dashboard.time.from;
  const to = state.to ?? dashboard.time.to;
  const variables = JSON.stringify(state.variables);
  return useMemo(() => {
    // A relative range ends now: each turn of the refresh is another now.
    void turn;
    const chosen = JSON.parse(variables) as ViewState["variables"];
    const replacements = buildReplacements(dashboard.templating.list, chosen);
    return { range: resolveTimeRange(from, to), replacements };
  }, [dashboard, from, to, variables, turn]);
}

/** A dashboard: its controls, its panels and its rows. */
export function DashboardView(props: {
  readonly dashboard: DashboardJson;
  readonly state: ViewState;
  readonly navigate: Navigate;
}): ReactElement {
  const { dashboard, state, navigate } = props;
  const refresh = state.refresh ?? dashboard.refresh ?? "";
  const [turn, refreshNow] = useRefresh(refresh);
  const scope = useScope(dashboard, state, turn);
  const { list: annotations } = dashboard.annotations;
  const [enabled, setEnabled] = useState<ReadonlySet<string>>(
    () => new Set(annotations.filter(({ enable }) => enable).map(({ name }) => name)),
  );
  const marks = useMarks(annotations, enabled, scope);
  const onZoom = useCallback(
    ({ from, to }: { from: number; to: number }) =>
      navigate({ from: `${Math.round(from)}`, to: `${Math.round(to)}` }),
    [navigate],
  );
  useEffect(() => {
    document.title = `${dashboard.title} (preview)`;
  }, [dashboard]);
  const shared = { scope, marks, onZoom };
  const alone = state.viewPanel === undefined ? undefined : findPanel(dashboard, state.viewPanel);
  const panels = dashboard.panels.filter((entry): entry is PanelJson => !isRow(entry));
  return (
    <>
      <div className="controls">
        <VariableControls dashboard={dashboard} state={state} scope={scope} navigate={navigate} />
        <TimeControls
          dashboard={dashboard}
          state={state}
          range={scope.range}
          refresh={refresh}
          navigate={navigate}
          onRefresh={refreshNow}
        />
      </div>
      <AnnotationSwitches annotations={annotations} enabled={enabled} onChange={setEnabled} />
      {alone === undefined ? (
        <>
          <Grid panels={panels} {...shared} />
          {dashboard.panels.filter(isRow).map((row) => (
            <RowSection key={row.id} row={row} {...shared} />
          ))}
        </>
      ) : (
        <>
          <button type="button" className="plain" onClick={() => navigate({ viewPanel: undefined })}>
            Show the whole dashboard
          </button>
          <Grid panels={[{ ...alone, gridPos: ALONE }]} {...shared} />
        </>
      )}
      <MarkList marks={marks} />
    </>
  );
}
