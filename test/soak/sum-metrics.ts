import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";
import type { Metric } from "prom-client";
import { type Tally, tallyCounters } from "../support/compare-records.ts";
import type { Generation } from "./service.ts";

type Values = Awaited<ReturnType<Metric["get"]>>["values"];

const pick = (generation: Generation, key: MetricKey): Metric | undefined =>
  generation.find((metric) => Reflect.get(metric, "name") === METRICS[key].name);

/** The sum over all series of one metric and all generations; of a histogram, its observations. */
export async function sumMetric(generations: readonly Generation[], key: MetricKey): Promise<number> {
  let sum = 0;
  for (const generation of generations) {
    const values: Values = (await pick(generation, key)?.get())?.values ?? [];
    for (const { value, ...rest } of values) {
      const name = (rest as { metricName?: string }).metricName;
      if (name === undefined || name.endsWith("_count")) sum += value;
    }
  }
  return sum;
}

/** The request counters of all generations together. */
export async function sumRequests(generations: readonly Generation[]): Promise<Tally> {
  const sums = new Map<string, number>();
  for (const generation of generations) {
    const counter = pick(generation, "requests");
    const tally = await tallyCounters({ getSingleMetric: () => counter } as never);
    for (const [request, count] of tally) sums.set(request, (sums.get(request) ?? 0) + count);
  }
  return sums;
}
