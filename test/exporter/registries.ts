import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from "prom-client";

export const OPEN_METRICS: OpenMetricsContentType =
  "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** A registry with one metric of each kind that reads the same in both formats, save for the counters' names. */
export function fillRegistry(registry: Registry<never>): Registry<never> {
  const registers = [registry];
  const requests = new Counter({
    name: "app_requests_total",
    help: "Requests.",
    labelNames: ["code"],
    registers,
  });
  requests.inc({ code: "200" }, 3);
  requests.inc({ code: 'quote " and \\ and\nline' });
  new Gauge({ name: "app_depth", help: 'With "quotes", a \\ and a\nline.', registers }).set(
    Number.POSITIVE_INFINITY,
  );
  const seconds = new Histogram({
    name: "app_seconds",
    help: "Durations.",
    labelNames: ["path"],
    buckets: [0.1, 0.5],
    registers,
  });
  seconds.observe({ path: "/a" }, 0.2);
  return registry;
}

export const textRegistry = (): Registry => fillRegistry(new Registry() as Registry<never>) as Registry;

/** An empty OpenMetrics registry. prom-client's types do not know the constructor's argument. */
export function emptyOpenMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(OPEN_METRICS);
  return registry;
}

export const openMetricsRegistry = (): Registry<OpenMetricsContentType> =>
  fillRegistry(emptyOpenMetricsRegistry() as Registry<never>) as Registry<never>;
