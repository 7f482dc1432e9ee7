import type { ComboboxOption } from "@grafana/ui";
import { Combobox, MultiCombobox } from "@grafana/ui";
import type { ReactElement } from "react";
import { useId } from "react";
import type { VariableJson } from "../model/dashboard.ts";
import { ALL_VALUE, meansAll } from "../query/interpolate.ts";
import { settleChoice } from "./choose-values.ts";

const ALL: ComboboxOption = { value: ALL_VALUE, label: "All" };

/** A select for one or several values. */
export function VariableSelect(props: {
  readonly variable: VariableJson;
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}): ReactElement {
  const { variable, options, chosen, onChange } = props;
  const id = useId();
  const label = variable.label ?? variable.name;
  const known = [...new Set([...options, ...chosen.filter((value) => !meansAll([value]))])];
  const offered = known.map((value): ComboboxOption => ({ value, label: value }));
  const current = meansAll(chosen) ? [ALL_VALUE] : [...chosen];
  return (
    <div className="control" data-variable={variable.name}>
      <label htmlFor={id}>{label}</label>
      {variable.multi ? (
        <MultiCombobox
          id={id}
          aria-label={label}
          options={variable.includeAll ? [ALL, ...offered] : offered}
          value={current.map((value) => (value === ALL_VALUE ? ALL : { value, label: value }))}
          onChange={(values) =>
            onChange(
              settleChoice(
                chosen,
                values.map(({ value }) => value),
              ),
            )
          }
        />
      ) : (
        <Combobox
          id={id}
          aria-label={label}
          options={offered}
          value={current[0] ?? null}
          onChange={({ value }) => onChange([value])}
        />
      )}
    </div>
  );
}
