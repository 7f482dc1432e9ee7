import { CLIENT_METRICS } from "../../contract/client-metrics.ts";
import type { ClientMetrics } from "../series/client-metrics.ts";
import type { SeriesBounds } from "../series/series-bounds.ts";
import { registryBounds } from "../series/series-bounds.ts";
import { Counter } from "./counter.ts";
import { Gauge } from "./gauge.ts";
import { Histogram } from "./histogram.ts";
import type { RegistryMetric } from "./registry-metric.ts";

/** The metrics of one registry that the instrumentation writes. */
export class MetricSet implements ClientMetrics {
  readonly requests: Counter = new Counter(CLIENT_METRICS.requests);
  readonly retries: Counter = new Counter(CLIENT_METRICS.retries);
  readonly rateLimitUnknown: Counter = new Counter(CLIENT_METRICS.rateLimitUnknown);
  readonly failures: Counter = new Counter(CLIENT_METRICS.failures);
  readonly duration: Histogram = new Histogram(CLIENT_METRICS.duration);
  readonly windowUsage: Histogram = new Histogram(CLIENT_METRICS.windowUsage);
  readonly inFlight: Gauge = new Gauge(CLIENT_METRICS.inFlight);
  readonly rateLimit: Gauge = new Gauge(CLIENT_METRICS.rateLimit);
  readonly rateLimitRemaining: Gauge = new Gauge(CLIENT_METRICS.rateLimitRemaining);
  readonly rateLimitReset: Gauge = new Gauge(CLIENT_METRICS.rateLimitReset);
  readonly info: Gauge = new Gauge(CLIENT_METRICS.info);
  /** In the order of the page. */
  readonly all: readonly RegistryMetric[] = [
    this.requests,
    this.retries,
    this.rateLimitUnknown,
    this.failures,
    this.duration,
    this.windowUsage,
    this.inFlight,
    this.rateLimit,
    this.rateLimitRemaining,
    this.rateLimitReset,
    this.info,
  ];
  readonly bounds: SeriesBounds = registryBounds();

  onCollect(collect: () => void): void {
    this.windowUsage.collect = collect;
  }
}
