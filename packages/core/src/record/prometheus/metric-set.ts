import type { MetricDefinition, MetricKey } from "../../contract/index.ts";
import { METRICS } from "../../contract/index.ts";
import type { Counter, Gauge, Histogram, MetricConfiguration, PromClient } from "./library.ts";
import type { MetricsRegistry } from "./registry.ts";

/** The metrics of one registry that the instrumentation writes. */
export interface MetricSet {
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

/** What is checked of a metric that is there already; another copy of prom-client may have made it. */
interface RegisteredMetric {
  readonly type?: unknown;
  readonly labelNames?: unknown;
}

const METHOD_BY_TYPE = { counter: "inc", gauge: "set", histogram: "observe" } as const;

function describeLabels(labels: unknown): string {
  return Array.isArray(labels) ? `[${labels.join(", ")}]` : "unknown labels";
}

function checkSame(definition: MetricDefinition, found: RegisteredMetric): void {
  const sameLabels =
    Array.isArray(found.labelNames) &&
    [...found.labelNames].sort().join() === [...definition.labels].sort().join();
  const usable = typeof Reflect.get(found, METHOD_BY_TYPE[definition.type]) === "function";
  if (found.type === definition.type && sameLabels && usable) return;
  throw new Error(
    `registry: expected metric ${definition.name} to be a ${definition.type} with labels ` +
      `${describeLabels(definition.labels)}, but it is registered as a ${String(found.type)} with labels ` +
      `${describeLabels(found.labelNames)}`,
  );
}

function toConfiguration(definition: MetricDefinition, registry: MetricsRegistry): MetricConfiguration {
  const openMetrics = registry.contentType.startsWith("application/openmetrics-text");
  return {
    name: definition.name,
    help: definition.help,
    labelNames: definition.labels,
    registers: [registry],
    ...(definition.buckets ? { buckets: definition.buckets } : {}),
    ...(definition.aggregator ? { aggregator: definition.aggregator } : {}),
    ...(openMetrics && definition.name === METRICS.duration.name ? { enableExemplars: true } : {}),
  };
}

/**
 * The metrics of the contract in this registry, made where they are missing.
 *
 * @throws Error when the registry has one of the names with another type or other labels.
 */
export function ensureMetrics(library: PromClient, registry: MetricsRegistry): MetricSet {
  const ensure = (key: MetricKey): unknown => {
    const definition = METRICS[key];
    const found = registry.getSingleMetric(definition.name);
    if (found) {
      checkSame(definition, found);
      return found;
    }
    const configuration = toConfiguration(definition, registry);
    if (definition.type === "counter") return new library.Counter(configuration);
    return definition.type === "gauge"
      ? new library.Gauge(configuration)
      : new library.Histogram(configuration);
  };
  return {
    requests: ensure("requests") as Counter,
    retries: ensure("retries") as Counter,
    rateLimitUnknown: ensure("rateLimitUnknown") as Counter,
    failures: ensure("failures") as Counter,
    duration: ensure("duration") as Histogram,
    windowUsage: ensure("windowUsage") as Histogram,
    inFlight: ensure("inFlight") as Gauge,
    rateLimit: ensure("rateLimit") as Gauge,
    rateLimitRemaining: ensure("rateLimitRemaining") as Gauge,
    rateLimitReset: ensure("rateLimitReset") as Gauge,
    info: ensure("info") as Gauge,
  };
}

/** Whether the registry still holds this set: users clear registries, above all in tests. */
export function isRegistered(metrics: MetricSet, registry: MetricsRegistry): boolean {
  return registry.getSingleMetric(METRICS.requests.name) === metrics.requests;
}
