import type { ClientMetricKey } from "./client-metrics.ts";
import { CLIENT_METRICS } from "./client-metrics.ts";
import type { ExporterMetricKey } from "./exporter-metrics.ts";
import { EXPORTER_METRICS } from "./exporter-metrics.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { ProbeMetricKey } from "./probe-metrics.ts";
import { PROBE_METRICS } from "./probe-metrics.ts";

/** Short name of a metric of the contract. */
export type MetricKey = ClientMetricKey | ProbeMetricKey | ExporterMetricKey;

// One call that a bundler may leave out: a service carries no metric of the probe or the exporter.
const join = (): Readonly<Record<MetricKey, MetricDefinition>> => ({
  ...CLIENT_METRICS,
  ...PROBE_METRICS,
  ...EXPORTER_METRICS,
});

/** The metrics, by the short name that code uses. The names are public API. */
export const METRICS: Readonly<Record<MetricKey, MetricDefinition>> = /* @__PURE__ */ join();
