import type { DataFrame } from "@grafana/data";
import type { SummaryLine } from "../field/summarize.ts";
import { summarize } from "../field/summarize.ts";
import type { PanelJson } from "../model/dashboard.ts";
import { summarizeBuckets } from "../viz/heatmap-buckets.ts";

/** Lines of a summary; longer ones help nobody. */
const MOST_LINES = 25;

/** Says in words what a panel shows last. A table needs none: it is made of words. */
export function summarizePanel({ type }: PanelJson, frames: readonly DataFrame[]): readonly SummaryLine[] {
  if (type === "table") return [];
  const lines = type === "heatmap" ? summarizeBuckets(frames) : summarize(frames);
  return lines.slice(0, MOST_LINES);
}
