import { useTheme2 } from "@grafana/ui";
import type { ReactElement } from "react";
import type { AnnotationJson } from "../model/dashboard.ts";

/** One switch for each kind of mark. */
export function AnnotationSwitches(props: {
  readonly annotations: readonly AnnotationJson[];
  readonly enabled: ReadonlySet<string>;
  readonly onChange: (enabled: ReadonlySet<string>) => void;
}): ReactElement {
  const { annotations, enabled, onChange } = props;
  const theme = useTheme2();
  const toggle = (name: string): void => {
    const next = new Set(enabled);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset className="switches">
      <legend>Marks</legend>
      {annotations.map(({ name, iconColor }) => (
        <label key={name}>
          <input type="checkbox" checked={enabled.has(name)} onChange={() => toggle(name)} />
          <span className="dot" style={{ background: theme.visualization.getColorByName(iconColor) }} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
