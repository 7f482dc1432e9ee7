import { useMemo } from "react";
import { resolveTimeRange } from "../location/time-range.ts";
import type { ViewState } from "../location/view-state.ts";
import type { DashboardJson } from "../model/dashboard.ts";
import type { QueryScope } from "../query/run-panel.ts";
import { buildReplacements } from "../query/variable-options.ts";

/** What the queries depend on: the time and the chosen values. `turn` counts the refreshes. */
export function useScope(dashboard: DashboardJson, state: ViewState, turn: number): QueryScope {
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
