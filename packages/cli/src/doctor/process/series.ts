/** One series with its value at a moment. */
export interface SeriesValue {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The sum over the series of a metric. */
export function sumOf(series: readonly SeriesValue[], name: string): number {
  return series.reduce((sum, each) => (each.name === name ? sum + each.value : sum), 0);
}

/** The sums of a metric by one of its labels. */
export function sumBy(
  series: readonly SeriesValue[],
  name: string,
  label: string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const each of series) {
    if (each.name !== name) continue;
    const value = each.labels[label] ?? "";
    sums.set(value, (sums.get(value) ?? 0) + each.value);
  }
  return sums;
}

/** The different values of a label, in order. */
export function valuesOf(series: readonly SeriesValue[], label: string): readonly string[] {
  return [...new Set(series.map(({ labels }) => labels[label] ?? ""))].sort();
}

/** Those of the clients of which no request is counted. */
export function findSilent(
  clients: readonly string[],
  requestsByClient: ReadonlyMap<string, number>,
): readonly string[] {
  return clients.filter((client) => !((requestsByClient.get(client) ?? 0) > 0));
}

/** The process of a series, as a key. */
export const processOf = ({ labels: { job = "", instance = "" } }: SeriesValue): string =>
  JSON.stringify([job, instance]);

/** The processes of some series. */
export const processesOf = (series: readonly SeriesValue[]): ReadonlySet<string> =>
  new Set(series.map(processOf));

/** A number as Prometheus writes it. */
export const parseValue = (text: string): number => Number(text.replace("Inf", "Infinity"));
