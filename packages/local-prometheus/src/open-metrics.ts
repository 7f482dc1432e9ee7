/** Labels of a series, without its name. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** Samples of one series: seconds since the epoch and a value, in order. */
export interface Series {
  readonly name: string;
  readonly labels: SeriesLabels;
  readonly samples: readonly (readonly [timeSeconds: number, value: number])[];
}

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
