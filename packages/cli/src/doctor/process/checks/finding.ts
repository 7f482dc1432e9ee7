import { toPrintable } from "../../../probe/printable.ts";
import type { Finding } from "../../checks/finding.ts";

/** What doctor looks at of the metrics of a process, in the order in which it reports. */
export type TelemetryCheck =
  | "reading"
  | "client"
  | "requests"
  | "operations"
  | "recording"
  | "labels"
  | "histograms"
  | "instance"
  | "counters"
  | "pipelines"
  | "rules"
  | "scrapes";

/** One line of the report. */
export type TelemetryFinding = Finding<TelemetryCheck>;

const MOST_NAMED = 5;

/** Some names of labels or their values, as a sentence has them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => toPrintable(name, 40) || '""');
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
