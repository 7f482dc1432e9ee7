import { METRICS } from "../../contract/index.ts";
import { Counter } from "./counter.ts";
import { Gauge } from "./gauge.ts";
import { Histogram } from "./histogram.ts";
import type { RegistryMetric } from "./registry-metric.ts";
import { MOST_REGISTRY_SERIES, SeriesRoom } from "./series-room.ts";

/** The metrics of one registry that the instrumentation writes. */
export class MetricSet {
  readonly requests: Counter = new Counter(METRICS.requests);
  readonly retries: Counter = new Counter(METRICS.retries);
  readonly rateLimitUnknown: Counter = new Counter(METRICS.rateLimitUnknown);
  readonly failures: Counter = new Counter(METRICS.failures);
  readonly duration: Histogram = new Histogram(METRICS.duration);
  readonly windowUsage: Histogram = new Histogram(METRICS.windowUsage);
  readonly inFlight: Gauge = new Gauge(METRICS.inFlight);
  readonly rateLimit: Gauge = new Gauge(METRICS.rateLimit);
  readonly rateLimitRemaining: Gauge = new Gauge(METRICS.rateLimitRemaining);
  readonly rateLimitReset: Gauge = new Gauge(METRICS.rateLimitReset);
  readonly info: Gauge = new Gauge(METRICS.info);
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
  readonly room: SeriesRoom = new SeriesRoom(MOST_REGISTRY_SERIES);
}
