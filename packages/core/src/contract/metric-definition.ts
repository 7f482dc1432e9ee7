/** How prom-client's cluster aggregator joins the values of several workers. */
export type Aggregator = "sum" | "min" | "max" | "first" | "omit" | "average";

/** One metric of the contract. Everything that names a metric reads this table. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Unit of the OpenTelemetry instrument, in UCUM; empty where a unit would change the name in Prometheus. */
  readonly unit: string;
  /** Upper bounds, in the unit of the name. Histograms only. */
  readonly buckets?: readonly number[];
  /** Cluster mode, gauges only; counters and histograms add up. */
  readonly aggregator?: Aggregator;
  /** Who writes it: the instrumentation in the service, the probe, or the server of `/metrics`. */
  readonly writer: "client" | "probe" | "exporter";
}
