import type { DataFrame, Field } from "@grafana/data";
import { formattedValueToString, getFieldDisplayName } from "@grafana/data";
import type { ReactElement } from "react";

function showCell({ display, values }: Field, row: number): string {
  const value: unknown = values[row];
  return display === undefined ? String(value) : formattedValueToString(display(value));
}

/** The rows of a table one below the other, each cell with the name of its column: for narrow screens. */
export function RowList(props: {
  readonly title: string;
  readonly frame: DataFrame;
  /** In CSS pixels. */
  readonly height: number;
}): ReactElement {
  const { title, frame, height } = props;
  const rows = Array.from({ length: frame.length }, (_, row) => row);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <ul className="row-list" style={{ height }} aria-label={title} tabIndex={0}>
      {rows.map((row) => (
        <li key={row}>
          <dl>
            {frame.fields.map((field) => (
              <div key={field.name}>
                <dt>{getFieldDisplayName(field, frame)}</dt>
                <dd>{showCell(field, row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
