import type { DataFrame, GrafanaTheme2 } from "@grafana/data";
import { formattedValueToString, getFieldDisplayName, getFieldSeriesColor } from "@grafana/data";
import type { HoverRow } from "./hover-card.tsx";

/** Rows of a tooltip: one for each line that has a value there, the largest first. */
export function seriesRows(
  aligned: DataFrame,
  indexes: readonly (number | null)[],
  activeSeries: number | null,
  theme: GrafanaTheme2,
): readonly HoverRow[] {
  const rows = aligned.fields.flatMap((field, seriesIndex) => {
    const index = indexes[seriesIndex];
    const value: unknown = index === null || index === undefined ? undefined : field.values[index];
    const hidden = field.config.custom?.hideFrom?.viz === true;
    if (seriesIndex === 0 || hidden || typeof value !== "number" || field.display === undefined) return [];
    return [
      {
        numeric: value,
        label: getFieldDisplayName(field, aligned),
        value: formattedValueToString(field.display(value)),
        color: getFieldSeriesColor(field, theme).color,
        isActive: activeSeries === seriesIndex,
      },
    ];
  });
  return rows.sort((one, other) => other.numeric - one.numeric);
}
