export type { MetricsAuth } from "./metrics/authorize.ts";
export type {
  FastifyLikeReply,
  FastifyLikeRequest,
  MetricsHandler,
} from "./metrics/metrics-handler.ts";
export { metricsHandler } from "./metrics/metrics-handler.ts";
export type { MetricsHandlerOptions, MetricsTls, ServeMetricsOptions } from "./metrics/options.ts";
export type { MetricsRegistry } from "./metrics/registry.ts";
export { hashSecret } from "./metrics/secret-hash.ts";
export type { MetricsServer } from "./metrics/serve-metrics.ts";
export { serveMetrics } from "./metrics/serve-metrics.ts";
