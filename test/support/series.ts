import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";
import type { Registry, RegistryContentType } from "prom-client";

/** A registry of either text format. */
export type AnyRegistry = Registry<RegistryContentType>;

/** One time series as a scrape would find it. */
export interface Series {
  /** `_bucket`, `_sum` and `_count` of histograms included. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** All series of one metric, with what a scrape fills in. */
export async function readSeries(registry: AnyRegistry, key: MetricKey): Promise<Series[]> {
  const { name } = METRICS[key];
  // Windows close when the usage histogram is scraped, and a scrape takes all metrics.
  const metrics = await registry.getMetricsAsJSON();
  const metric = metrics.find((each) => each.name === name || `${each.name}_total` === name);
  const values = (metric?.values ?? []) as { metricName?: string; labels: Series["labels"]; value: number }[];
  return values.map(({ metricName, labels, value }) => ({ name: metricName ?? name, labels, value }));
}

/** The value of the one series whose labels include these; `undefined` when there is no such series. */
export async function readValue(
  registry: AnyRegistry,
  key: MetricKey,
  labels: Series["labels"] = {},
  suffix = "",
): Promise<number | undefined> {
  const found = (await readSeries(registry, key)).filter(
    (series) =>
      series.name === METRICS[key].name + suffix &&
      Object.entries(labels).every(([label, value]) => series.labels[label] === value),
  );
  if (found.length > 1) throw new Error(`expected one series of ${key}, found ${found.length}`);
  return found[0]?.value;
}

/** The sum over all series of a counter. */
export async function readTotal(registry: AnyRegistry, key: MetricKey): Promise<number> {
  return (await readSeries(registry, key)).reduce((sum, { value }) => sum + value, 0);
}

/** The series of the request counter that are not zero, as `METHOD template status code retryable`, with their values. */
export async function readRequests(registry: AnyRegistry): Promise<Record<string, number>> {
  const counted = (await readSeries(registry, "requests")).filter(({ value }) => value > 0);
  return Object.fromEntries(
    counted.map(({ labels: { method, url_template, status_code, error_code, retryable }, value }) => [
      [method, url_template, status_code, error_code, retryable].filter((part) => part !== "").join(" "),
      value,
    ]),
  );
}

/** How many series a scrape finds, of all metrics. */
export async function countSeries(registry: AnyRegistry): Promise<number> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.reduce((sum, { values }) => sum + values.length, 0);
}
