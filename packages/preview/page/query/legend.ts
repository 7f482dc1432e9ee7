import type { Labels } from "@grafana/data";

/** A series as Prometheus writes it. */
function describeSeries(labels: Labels): string {
  const { __name__: name = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(", ")}}`;
}

/** Fills `{{label}}` into a legend; labels that a series does not have become empty. */
export function fillLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "").trim();
}

/** Name of a series in legends and tooltips. */
export function nameSeries(format: string | undefined, labels: Labels): string {
  return (format === undefined ? "" : fillLabels(format, labels)) || describeSeries(labels);
}
