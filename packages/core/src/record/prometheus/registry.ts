import { isObject } from "../../is-object.ts";

/** A registry of prom-client, by its shape, so that any copy and any version of it will do. */
export interface MetricsRegistry {
  readonly contentType: string;
  registerMetric(metric: unknown): void;
  getSingleMetric(name: string): unknown;
}

/** Whether the value has the shape of a registry. */
export function isRegistry(value: unknown): value is MetricsRegistry {
  if (!isObject(value)) return false;
  const { contentType, registerMetric, getSingleMetric } = value;
  const methods = [registerMetric, getSingleMetric];
  return typeof contentType === "string" && methods.every((method) => typeof method === "function");
}

/** Whether the registry writes OpenMetrics, the only text format that has exemplars. It may be switched at any time. */
export function writesExemplars({ contentType }: MetricsRegistry): boolean {
  return contentType.startsWith("application/openmetrics-text");
}
