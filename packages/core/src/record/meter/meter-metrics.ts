import type { Meter } from "@opentelemetry/api";
import { CLIENT_METRICS } from "../../contract/client-metrics.ts";
import type { CellMetric, ClientMetrics, CounterCell, HistogramCell } from "../series/client-metrics.ts";
import type { SeriesBounds } from "../series/series-bounds.ts";
import { meterBounds } from "../series/series-bounds.ts";
import type { ObservedMetric } from "./instrument.ts";
import { createCounter, createHistogram, observeGauge, observeSum } from "./instrument.ts";

/** The instruments of one meter. */
export class MeterMetrics implements ClientMetrics {
  readonly requests: CellMetric<CounterCell>;
  readonly retries: CellMetric<CounterCell>;
  readonly rateLimitUnknown: CellMetric<CounterCell>;
  readonly failures: CellMetric<CounterCell>;
  readonly duration: CellMetric<HistogramCell>;
  readonly windowUsage: CellMetric<HistogramCell>;
  readonly inFlight: ObservedMetric;
  readonly rateLimit: ObservedMetric;
  readonly rateLimitRemaining: ObservedMetric;
  readonly rateLimitReset: ObservedMetric;
  readonly info: ObservedMetric;
  readonly bounds: SeriesBounds = meterBounds();

  constructor(meter: Meter) {
    this.requests = createCounter(meter, CLIENT_METRICS.requests);
    this.retries = createCounter(meter, CLIENT_METRICS.retries);
    this.rateLimitUnknown = createCounter(meter, CLIENT_METRICS.rateLimitUnknown);
    this.failures = createCounter(meter, CLIENT_METRICS.failures);
    this.duration = createHistogram(meter, CLIENT_METRICS.duration);
    this.windowUsage = createHistogram(meter, CLIENT_METRICS.windowUsage);
    this.inFlight = observeSum(meter, CLIENT_METRICS.inFlight);
    this.rateLimit = observeGauge(meter, CLIENT_METRICS.rateLimit);
    this.rateLimitRemaining = observeGauge(meter, CLIENT_METRICS.rateLimitRemaining);
    this.rateLimitReset = observeGauge(meter, CLIENT_METRICS.rateLimitReset);
    this.info = observeGauge(meter, CLIENT_METRICS.info);
  }

  /** The SDK calls what observes before it collects what was recorded. */
  onCollect(collect: () => void): void {
    this.info.beforeReading = collect;
  }
}
