import { createRequire } from "node:module";
import type { MetricsRegistry } from "./registry.ts";

/** Label values by label name. */
export type Labels = Readonly<Record<string, string>>;

/** A counter, as far as it is used here. */
export interface Counter {
  inc(labels: Labels, value?: number): void;
}

/** A gauge, as far as it is used here. */
export interface Gauge {
  set(labels: Labels, value: number): void;
}

/** A histogram; `observe` takes the object form when it was made with exemplars. */
export interface Histogram {
  readonly enableExemplars?: boolean;
  observe(labels: Labels, value: number): void;
  observe(observation: { labels: Labels; value: number; exemplarLabels: Labels }): void;
  zero(labels: Labels): void;
}

/** What prom-client's constructors take, as far as it is used here. */
export interface MetricConfiguration {
  name: string;
  help: string;
  labelNames: readonly string[];
  registers: MetricsRegistry[];
  buckets?: readonly number[];
  aggregator?: string;
  enableExemplars?: boolean;
}

/** The parts of prom-client that make metrics. */
export interface PromClient {
  readonly Counter: new (configuration: MetricConfiguration) => Counter;
  readonly Gauge: new (configuration: MetricConfiguration) => Gauge;
  readonly Histogram: new (configuration: MetricConfiguration) => Histogram;
  /** The global registry. */
  readonly register: MetricsRegistry;
}

/** Loads the user's prom-client; `undefined` when it is not installed, which it need not be. */
export function loadPromClient(): PromClient | undefined {
  try {
    return createRequire(import.meta.url)("prom-client") as PromClient;
  } catch {
    return undefined;
  }
}
