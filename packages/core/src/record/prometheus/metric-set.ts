import { METRICS } from "../../contract/index.ts";
import { Counter } from "./counter.ts";
import { Gauge } from "./gauge.ts";
import { Histogram } from "./histogram.ts";
import type { RegistryMetric } from "./registry-metric.ts";
import { MOST_REGISTRY_SERIES, SeriesRoom } from "./series-room.ts";

/** The metrics of one registry that the instrumentation writes. */
export class MetricSet {
  readonly requests = new Counter(METRICS.requests);
  readonly retries = new Counter(METRICS.retries);
  readonly rateLimitUnknown = new Counter(METRICS.rateLimitUnknown);
  readonly failures = new Counter(METRICS.failures);
  readonly duration = new Histogram(METRICS.duration);
  readonly windowUsage = new Histogram(METRICS.windowUsage);
  readonly inFlight = new Gauge(METRICS.inFlight);
  readonly rateLimit = new Gauge(METRICS.rateLimit);
  readonly rateLimitRemaining = new Gauge(METRICS.rateLimitRemaining);
  readonly rateLimitReset = new Gauge(METRICS.rateLimitReset);
  readonly info = new Gauge(METRICS.info);
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
  readonly room = new SeriesRoom(MOST_REGISTRY_SERIES);
}
