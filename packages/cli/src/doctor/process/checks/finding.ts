import { toPrintable } from "../../../probe/printable.ts";
import type { Finding } from "../../checks/finding.ts";

/** What doctor looks at of the metrics of a process, in the order in which it reports. */
export type TelemetryCheck =
  | "reading"
  | "client"
  | "requests"
  | "operations"
  | "histograms"
  | "recording"
  | "labels"
  | "instance"
  | "counters"
  | "pipelines"
  | "rules"
  | "scrapes";

/** One line of the report. */
export type TelemetryFinding = Finding<TelemetryCheck>;

const MOST_NAMED = 5;
const MOST_DETAILED = 100;
const MOST_CHARACTERS = 60;

/** Names of labels or their values, of which a page or store decides, fit for a report. */
export const printNames = (names: readonly string[]): readonly string[] =>
  names.slice(0, MOST_DETAILED).map((name) => toPrintable(name, MOST_CHARACTERS) || '""');

/** Some of the names, as a sentence has them. */
export function listNames(names: readonly string[]): string {
  const shown = printNames(names.slice(0, MOST_NAMED));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
