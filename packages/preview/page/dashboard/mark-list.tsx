import { dateTimeFormat } from "@grafana/data";
import { useTheme2 } from "@grafana/ui";
import type { ReactElement } from "react";
import type { Mark } from "../query/find-marks.ts";

const showTime = (milliseconds: number): string => dateTimeFormat(milliseconds, { timeZone: "browser" });

/** The marks in words: for those who cannot see or point at them. */
export function MarkList({ marks }: { readonly marks: readonly Mark[] }): ReactElement | null {
  const theme = useTheme2();
  if (marks.length === 0) return null;
  const sorted = marks.toSorted((one, other) => one.fromMilliseconds - other.fromMilliseconds);
  return (
    <details className="marks">
      <summary>{marks.length === 1 ? "1 mark" : `${marks.length} marks`} on these pictures</summary>
      <ul>
        {sorted.map(({ fromMilliseconds, toMilliseconds, title, text, color, source }) => (
          <li key={`${source} ${title} ${text} ${fromMilliseconds}`}>
            <span className="dot" style={{ background: theme.visualization.getColorByName(color) }} />
            {showTime(fromMilliseconds)} to {showTime(toMilliseconds)}: <strong>{title}</strong> {text} (
            {source})
          </li>
        ))}
      </ul>
    </details>
  );
}
