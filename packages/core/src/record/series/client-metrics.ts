import type { SeriesBounds } from "./series-bounds.ts";

/** Label values by label name. */
export type Labels = Readonly<Record<string, string>>;

/** One series of a counter. An operation keeps it, so that counting an attempt looks nothing up. */
export interface CounterCell {
  /** All its labels, always in the same object. */
  readonly sharedLabels: Labels;
  /** @param exemplar labels that lead to the attempt that is counted. */
  increment(exemplar?: Labels | undefined): void;
}

/** One series of a histogram. */
export interface HistogramCell {
  /** @param value finite: anything else would poison the sum for good. */
  observe(value: number, exemplar?: Labels | undefined): void;
}

/** A metric to which series are added at 0. Labels are not compared: add each set of them once. */
export interface CellMetric<Cell> {
  add(labels: Labels): Cell;
}

/** A gauge whose series are read when they are collected, and absent while `read` returns `undefined`. */
export interface ReadMetric {
  add(labels: Labels, read: () => number | undefined): void;
}

/** One of each metric of the clients, in the order of the page. */
export interface MetricsBy<Counter, Histogram, Gauge> {
  readonly requests: Counter;
  readonly retries: Counter;
  readonly rateLimitUnknown: Counter;
  readonly failures: Counter;
  readonly duration: Histogram;
  readonly windowUsage: Histogram;
  readonly inFlight: Gauge;
  readonly rateLimit: Gauge;
  readonly rateLimitRemaining: Gauge;
  readonly rateLimitReset: Gauge;
  readonly info: Gauge;
}

/** Where all metrics of the clients are written: a registry of prom-client, or a meter of OpenTelemetry. */
export interface ClientMetrics<
  Counter extends CellMetric<CounterCell> = CellMetric<CounterCell>,
  Histogram extends CellMetric<HistogramCell> = CellMetric<HistogramCell>,
  Gauge extends ReadMetric = ReadMetric,
> extends MetricsBy<Counter, Histogram, Gauge> {
  readonly bounds: SeriesBounds;
  /** Runs `collect` before the metrics are read. */
  onCollect(collect: () => void): void;
}
