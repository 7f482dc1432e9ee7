import type { Registry } from "prom-client";

/** One series of a registry and its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  readonly value: number;
}

/** All series, those at zero included, with what a scrape fills in. */
export async function readSamples(registry: Registry): Promise<Sample[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.flatMap(({ name, values }) =>
    values.map((each) => ({
      name: (each as { metricName?: string }).metricName ?? name,
      labels: each.labels as Sample["labels"],
      value: each.value,
    })),
  );
}

/** A number where the label or attribute is one. */
export function toNumber(value: unknown): number | undefined {
  return value === undefined || value === "" ? undefined : Number(value);
}

/** The same entry for each time that it was counted. */
export function repeat<Entry>(times: number, entry: Entry): Entry[] {
  return Array.from({ length: times }, () => entry);
}

/** Lines of a scrape that are a series. */
export function countSeries(scraped: string): number {
  return scraped.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}
