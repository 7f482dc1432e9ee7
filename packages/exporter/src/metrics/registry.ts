/**
 * What is needed of a registry. prom-client's `Registry` is one, whichever copy of the library made it, and so is
 * `{ contentType, metrics: () => aggregator.clusterMetrics() }` around an `AggregatorRegistry`.
 */
export interface MetricsRegistry {
  /** Media type of what `metrics()` gives: text format 0.0.4 or OpenMetrics 1.0.0. */
  readonly contentType: string;
  /** The exposition of all metrics, in the registry's own format. */
  metrics(): Promise<string>;
  /** The same values as data. Without it the registry is served in its own format only. */
  getMetricsAsJSON?(): Promise<unknown>;
}

/** Tells a registry by its shape, because `instanceof` fails when two copies of prom-client are installed. */
export function isRegistry(value: unknown): value is MetricsRegistry {
  if (typeof value !== "object" || value === null) return false;
  const { contentType, metrics } = value as Partial<Record<keyof MetricsRegistry, unknown>>;
  return typeof contentType === "string" && typeof metrics === "function";
}
