import type { ClientMetrics } from "../series/client-metrics.ts";
import { createMetrics } from "../series/create-metrics.ts";
import { registryBounds } from "../series/series-bounds.ts";
import { Counter } from "./counter.ts";
import { Gauge } from "./gauge.ts";
import { Histogram } from "./histogram.ts";
import type { RegistryMetric } from "./registry-metric.ts";

/** The metrics of one registry that the instrumentation writes. */
export interface MetricSet extends ClientMetrics<Counter, Histogram, Gauge> {
  /** In the order of the page. */
  readonly all: readonly RegistryMetric[];
}

/** Metrics that no registry has yet. */
export function createMetricSet(): MetricSet {
  const metrics = createMetrics({
    counter: (definition) => new Counter(definition),
    histogram: (definition) => new Histogram(definition),
    gauge: (definition) => new Gauge(definition),
  });
  return {
    ...metrics,
    all: Object.values(metrics),
    bounds: registryBounds(),
    onCollect(collect) {
      metrics.windowUsage.collect = collect;
    },
  };
}
