import { METRICS } from "@intercom-telemetry/core/contract";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** The metrics that are written for each attempt, as one would declare them by hand. */
export function createMetrics(registry: Registry) {
  const registers = [registry];
  const metric = ({ name, help, labels }: (typeof METRICS)[keyof typeof METRICS]) => ({
    name,
    help,
    labelNames: labels,
    registers,
  });
  return {
    requests: new Counter(metric(METRICS.requests)),
    duration: new Histogram({ ...metric(METRICS.duration), buckets: [...(METRICS.duration.buckets ?? [])] }),
    inFlight: new Gauge(metric(METRICS.inFlight)),
    remaining: new Gauge(metric(METRICS.rateLimitRemaining)),
    reset: new Gauge(metric(METRICS.rateLimitReset)),
  };
}
