import { CLIENT_METRICS } from "../../contract/client-metrics.ts";
import type { MetricDefinition } from "../../contract/index.ts";
import { SeriesSet } from "../series/series-set.ts";
import type { MetricSet } from "./metric-set.ts";
import { createMetricSet } from "./metric-set.ts";
import type { MetricsRegistry } from "./registry.ts";
import type { RegistryMetric } from "./registry-metric.ts";

/**
 * In the global symbol table, so that the ESM and the CJS copy of this package, and two transports, find each other's
 * series in a registry. The number changes with the shape of {@link SeriesSet}.
 */
const OWNER: unique symbol = Symbol.for("@intercom-telemetry/core.series.2");

/** The series of one registry. */
export type RegistrySeries = SeriesSet<MetricSet>;

/** A metric in the registry, ours or other code's. */
interface FoundMetric {
  readonly [OWNER]?: RegistrySeries;
  readonly type?: unknown;
  readonly labelNames?: unknown;
}

const DEFINITIONS: readonly MetricDefinition[] = Object.values(CLIENT_METRICS);

function describeLabels(labels: unknown): string {
  return Array.isArray(labels) ? `labels [${labels.join(", ")}]` : "unknown labels";
}

function refuse({ name, type, labels }: MetricDefinition, found: FoundMetric): never {
  throw new Error(
    `registry: expected metric ${name} to be this version's own ${type} with ${describeLabels(labels)}, ` +
      `but other code has registered a ${String(found.type)} with ${describeLabels(found.labelNames)}`,
  );
}

/** The series that the registry has already; nothing is registered before all names are checked. */
function findSeries(registry: MetricsRegistry): RegistrySeries | undefined {
  let series: RegistrySeries | undefined;
  for (const definition of DEFINITIONS) {
    const found = registry.getSingleMetric(definition.name) as FoundMetric | undefined;
    if (found === undefined) continue;
    const owner = found[OWNER];
    if (owner === undefined || (series !== undefined && owner !== series)) refuse(definition, found);
    series = owner;
  }
  return series;
}

function createSeries(): RegistrySeries {
  const series = new SeriesSet(createMetricSet());
  for (const metric of series.metrics.all) Object.defineProperty(metric, OWNER, { value: series });
  return series;
}

/** Whether the registry holds this metric, and not another of its name. */
export function isRegistered(metric: RegistryMetric, registry: MetricsRegistry): boolean {
  return registry.getSingleMetric(metric.definition.name) === metric;
}

/**
 * The series of this registry: those that it has, or new ones. A metric that was removed is registered again and counts
 * from zero, as a new one would.
 *
 * @throws Error when the registry has a metric of other code under one of our names.
 */
export function ensureSeries(registry: MetricsRegistry): RegistrySeries {
  const series = findSeries(registry) ?? createSeries();
  for (const metric of series.metrics.all) {
    if (isRegistered(metric, registry)) continue;
    metric.reset();
    metric.name = metric.definition.name;
    registry.registerMetric(metric);
  }
  return series;
}
