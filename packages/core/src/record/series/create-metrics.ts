import { CLIENT_METRICS } from "../../contract/client-metrics.ts";
import type { MetricDefinition } from "../../contract/index.ts";
import type { MetricsBy } from "./client-metrics.ts";

/** How one kind of store makes its metrics. */
export interface MetricFactory<Counter, Histogram, Gauge> {
  counter(definition: MetricDefinition): Counter;
  histogram(definition: MetricDefinition): Histogram;
  gauge(definition: MetricDefinition): Gauge;
}

/** Makes all metrics of the clients. */
export function createMetrics<Counter, Histogram, Gauge>({
  counter,
  histogram,
  gauge,
}: MetricFactory<Counter, Histogram, Gauge>): MetricsBy<Counter, Histogram, Gauge> {
  return {
    requests: counter(CLIENT_METRICS.requests),
    retries: counter(CLIENT_METRICS.retries),
    rateLimitUnknown: counter(CLIENT_METRICS.rateLimitUnknown),
    failures: counter(CLIENT_METRICS.failures),
    duration: histogram(CLIENT_METRICS.duration),
    windowUsage: histogram(CLIENT_METRICS.windowUsage),
    inFlight: gauge(CLIENT_METRICS.inFlight),
    rateLimit: gauge(CLIENT_METRICS.rateLimit),
    rateLimitRemaining: gauge(CLIENT_METRICS.rateLimitRemaining),
    rateLimitReset: gauge(CLIENT_METRICS.rateLimitReset),
    info: gauge(CLIENT_METRICS.info),
  };
}
