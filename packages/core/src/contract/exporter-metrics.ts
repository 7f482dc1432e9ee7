import type { MetricDefinition } from "./metric-definition.ts";

/** Short name of a metric that the server of `/metrics` writes about itself. */
export type ExporterMetricKey = "refusedLogins";

/** The metrics of the server at `/metrics`, by the short name that code uses. */
export const EXPORTER_METRICS: Readonly<Record<ExporterMetricKey, MetricDefinition>> = {
  refusedLogins: {
    name: "intercom_exporter_refused_logins_total",
    type: "counter",
    unit: "{login}",
    help: "Log-ins at /metrics that were refused, or turned away because too many were waiting.",
    labels: [],
    writer: "exporter",
  },
};
