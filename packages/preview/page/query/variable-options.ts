import type { TimeRange } from "@grafana/data";
import type { VariableJson } from "../model/dashboard.ts";
import type { Replacements } from "./interpolate.ts";
import { formatVariable, interpolate } from "./interpolate.ts";
import { queryLabelValues } from "./prometheus.ts";

/** Name of the one data source that the preview has. */
const DATA_SOURCE = "Prometheus";

/** `label_values(label)` or `label_values(selector, label)`. */
const LABEL_VALUES = /^\s*label_values\(\s*(?:([\s\S]+),\s*)?(\w+)\s*\)\s*$/;

/** The selected values of a template variable: by the address, else by the dashboard. */
export function chosenValues(
  variable: VariableJson,
  fromAddress: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  if (variable.type === "datasource") return [DATA_SOURCE];
  const current = variable.current?.value ?? [];
  return fromAddress[variable.name] ?? (typeof current === "string" ? [current] : current);
}

/** The strings that the selected values become in queries, by variable. */
export function buildReplacements(
  variables: readonly VariableJson[],
  fromAddress: Readonly<Record<string, readonly string[]>>,
): Replacements {
  return Object.fromEntries(
    variables.map((variable) => [
      variable.name,
      formatVariable(variable, chosenValues(variable, fromAddress)),
    ]),
  );
}

/**
 * Finds the values of a template variable.
 *
 * @throws Error with Prometheus's own message, or when the variable's query is not `label_values(...)`.
 */
export async function findOptions(
  variable: VariableJson,
  range: TimeRange,
  replacements: Replacements,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (variable.type === "datasource") return [DATA_SOURCE];
  const { query } = variable;
  const text = typeof query === "string" ? query : (query?.query ?? "");
  const [, selector, label] = LABEL_VALUES.exec(text) ?? [];
  if (label === undefined) throw new Error(`The preview knows label_values(...) only, not: ${text}`);
  const seconds = { startSeconds: range.from.valueOf() / 1000, endSeconds: range.to.valueOf() / 1000 };
  const interpolated = selector === undefined ? undefined : interpolate(selector, replacements);
  const values = await queryLabelValues(label, interpolated, seconds, signal);
  return [...values].sort((one, other) => one.localeCompare(other));
}
