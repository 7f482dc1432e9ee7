import type { DataFrame, Field } from "@grafana/data";
import { FieldType, formattedValueToString, getFieldDisplayName } from "@grafana/data";

/** One line of a picture, in words. */
export interface SummaryLine {
  readonly name: string;
  /** The last value, with its unit. */
  readonly value: string;
}

function lastValue({ values, display }: Field): string | undefined {
  const value: unknown = values.findLast((entry) => entry !== null && entry !== undefined);
  if (value === undefined) return undefined;
  return display === undefined ? String(value) : formattedValueToString(display(value));
}

/** Says in words what a picture shows last, for those who cannot see it. */
export function summarize(frames: readonly DataFrame[]): readonly SummaryLine[] {
  return frames.flatMap((frame) =>
    frame.fields.flatMap((field) => {
      if (field.type !== FieldType.number) return [];
      const value = lastValue(field);
      return value === undefined ? [] : [{ name: getFieldDisplayName(field, frame, [...frames]), value }];
    }),
  );
}
