import type { ReactElement } from "react";
import { useCallback, useEffect, useState } from "react";
import { AnnotationSwitches } from "../controls/annotation-switches.tsx";
import { TimeControls } from "../controls/time-controls.tsx";
import { VariableControls } from "../controls/variable-controls.tsx";
import type { Navigate } from "../location/use-view-state.ts";
import type { ViewState } from "../location/view-state.ts";
import type { AnnotationJson, DashboardJson } from "../model/dashboard.ts";
import { MarkList } from "./mark-list.tsx";
import { Panels } from "./panels.tsx";
import { useMarks } from "./use-marks.ts";
import { useRefresh } from "./use-refresh.ts";
import { useScope } from "./use-scope.ts";

function listEnabled(annotations: readonly AnnotationJson[]): ReadonlySet<string> {
  return new Set(annotations.filter(({ enable }) => enable).map(({ name }) => name));
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
  const [enabled, setEnabled] = useState(() => listEnabled(annotations));
  const marks = useMarks(annotations, enabled, scope);
  const onZoom = useCallback(
    ({ from, to }: { from: number; to: number }) =>
      navigate({ from: `${Math.round(from)}`, to: `${Math.round(to)}` }),
    [navigate],
  );
  useEffect(() => {
    document.title = `${dashboard.title} (preview)`;
  }, [dashboard]);
  const common = { dashboard, state, navigate };
  return (
    <>
      <div className="controls">
        <VariableControls {...common} scope={scope} />
        <TimeControls {...common} range={scope.range} refresh={refresh} onRefresh={refreshNow} />
      </div>
      <AnnotationSwitches annotations={annotations} enabled={enabled} onChange={setEnabled} />
      <Panels
        dashboard={dashboard}
        navigate={navigate}
        viewPanel={state.viewPanel}
        scope={scope}
        marks={marks}
        onZoom={onZoom}
      />
      <MarkList marks={marks} />
    </>
  );
}
