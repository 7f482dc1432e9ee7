export type {
  FastifyLikeReply,
  FastifyLikeRequest,
  MetricsHandler,
} from "./metrics/metrics-handler.ts";
export { metricsHandler } from "./metrics/metrics-handler.ts";
export type { MetricsRegistry } from "./metrics/registry.ts";
export type { MetricsServer } from "./metrics/serve-metrics.ts";
export { serveMetrics } from "./metrics/serve-metrics.ts";
export type { MetricsHandlerOptions, ServeMetricsOptions } from "./options.ts";
