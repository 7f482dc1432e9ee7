import { type LastSample, readLastSamples } from "@intercom-telemetry/local-prometheus";

/** Value of each series, by its name and labels. */
export type SeriesValues = ReadonlyMap<string, number>;

const OURS = '{__name__=~"intercom_.+"}';
/** What is left of sums of fractions that are added up in another order. */
const ROUNDING = 1e-9;

function nameSeries({ __name__, ...labels }: LastSample["metric"]): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${__name__}{${pairs.sort().join(",")}}`;
}

/** All of our series in a store. */
export async function readSeries(storeUrl: string): Promise<SeriesValues> {
  const samples = await readLastSamples(storeUrl, OURS);
  return new Map(samples.map(({ metric, value }) => [nameSeries(metric), value]));
}

function isEqual(left: number | undefined, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= ROUNDING * Math.max(1, Math.abs(left));
}

/** Every series that only one of two stores has, or that has two values. */
export function differSeries(left: SeriesValues, right: SeriesValues): readonly string[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names
    .filter((name) => !isEqual(left.get(name), right.get(name)))
    .map((name) => `${name}: ${left.get(name) ?? "absent"} and ${right.get(name) ?? "absent"}`);
}
