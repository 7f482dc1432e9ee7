import type { DataFrame } from "@grafana/data";
import type { SummaryLine } from "../field/summarize.ts";
import { summarize } from "../field/summarize.ts";
import type { PanelJson } from "../model/dashboard.ts";
import type { Exemplar } from "../query/exemplars.ts";
import { describeExemplar } from "../viz/describe-exemplar.ts";
import { summarizeBuckets } from "../viz/heatmap-buckets.ts";

/** Lines of a summary; longer ones help nobody. */
const MOST_LINES = 25;

/** Single requests in a summary. */
const MOST_EXEMPLARS = 5;

/** Says in words what a panel shows last. A table needs none: it is made of words. */
export function summarizePanel({ type }: PanelJson, frames: readonly DataFrame[]): readonly SummaryLine[] {
  if (type === "table") return [];
  const lines = type === "heatmap" ? summarizeBuckets(frames) : summarize(frames);
  return lines.slice(0, MOST_LINES);
}

/** Says in words which single requests a panel shows, the slowest first. */
export function summarizeExemplars(
  exemplars: readonly Exemplar[],
  frames: readonly DataFrame[],
): readonly SummaryLine[] {
  return exemplars.slice(0, MOST_EXEMPLARS).map((exemplar) => {
    const [{ value }, ...labels] = describeExemplar(exemplar, frames);
    const names = labels.map(({ name, value: text }) => `${name} ${text}`);
    return { name: "One request", value: [value, ...names].join(", ") };
  });
}
