import type { Series } from "./series.ts";

function escapeValue(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

function* formatSeries({ name, labels, samples }: Series): Generator<string> {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeValue(value)}"`);
  const head = `${name}{${pairs.join(",")}}`;
  for (const [timeSeconds, value] of samples) yield `${head} ${formatNumber(value)} ${timeSeconds}\n`;
}

/** Series as OpenMetrics text with time stamps, in parts, ended as the format asks. */
export function* formatOpenMetrics(series: Iterable<Series>): Generator<string> {
  for (const one of series) yield [...formatSeries(one)].join("");
  yield "# EOF\n";
}
