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

/** Where all metrics of the clients are written: a registry of prom-client, or a meter of OpenTelemetry. */
export interface ClientMetrics {
  readonly requests: CellMetric<CounterCell>;
  readonly retries: CellMetric<CounterCell>;
  readonly rateLimitUnknown: CellMetric<CounterCell>;
  readonly failures: CellMetric<CounterCell>;
  readonly duration: CellMetric<HistogramCell>;
  readonly windowUsage: CellMetric<HistogramCell>;
  readonly inFlight: ReadMetric;
  readonly rateLimit: ReadMetric;
  readonly rateLimitRemaining: ReadMetric;
  readonly rateLimitReset: ReadMetric;
  readonly info: ReadMetric;
  readonly bounds: SeriesBounds;
  /** Runs `collect` before the metrics are read. */
  onCollect(collect: () => void): void;
}
