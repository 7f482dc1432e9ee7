import type { ReactElement } from "react";
import { useEffect, useState } from "react";
import type { Navigate } from "../location/use-view-state.ts";
import type { ViewState } from "../location/view-state.ts";
import type { DashboardJson, VariableJson } from "../model/dashboard.ts";
import type { QueryScope } from "../query/run-panel.ts";
import { chosenValues, findOptions } from "../query/variable-options.ts";
import { VariableSelect } from "./variable-select.tsx";

type Options = Readonly<Record<string, readonly string[]>>;

/** The values of each template variable; empty where Prometheus does not respond, as the panels then say. */
function useOptions(variables: readonly VariableJson[], { range, replacements }: QueryScope): Options {
  const [options, setOptions] = useState<Options>({});
  useEffect(() => {
    const controller = new AbortController();
    const found = variables.map(async (variable) => {
      const values = await findOptions(variable, range, replacements, controller.signal).catch(() => []);
      return [variable.name, values] as const;
    });
    Promise.all(found).then((entries) => {
      if (!controller.signal.aborted) setOptions(Object.fromEntries(entries));
    });
    return () => controller.abort();
  }, [variables, range, replacements]);
  return options;
}

/** The template variables of a dashboard. */
export function VariableControls(props: {
  readonly dashboard: DashboardJson;
  readonly state: ViewState;
  readonly scope: QueryScope;
  readonly navigate: Navigate;
}): ReactElement {
  const { dashboard, state, scope, navigate } = props;
  const { list } = dashboard.templating;
  const options = useOptions(list, scope);
  return (
    <>
      {list.map((variable) => (
        <VariableSelect
          key={variable.name}
          variable={variable}
          options={options[variable.name] ?? []}
          chosen={chosenValues(variable, state.variables)}
          onChange={(values) => navigate({ variables: { ...state.variables, [variable.name]: values } })}
        />
      ))}
    </>
  );
}
