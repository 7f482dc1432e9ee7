import type { DataFrame } from "@grafana/data";
import { formattedValueToString } from "@grafana/data";
import type { SummaryLine } from "../field/summarize.ts";
import type { Exemplar } from "../query/exemplars.ts";
import { valueField } from "./heatmap-buckets.ts";

/** A single request in words: its value in the unit of the lines, and what leads to its trace. */
export function describeExemplar(
  { value, labels }: Exemplar,
  frames: readonly DataFrame[],
): readonly [SummaryLine, ...SummaryLine[]] {
  const display = frames[0] === undefined ? undefined : valueField(frames[0])?.display;
  const shown = display === undefined ? String(value) : formattedValueToString(display(value));
  const rest = Object.entries(labels).map(([name, text]) => ({ name, value: text }));
  return [{ name: "One request", value: shown }, ...rest];
}
