import { DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT } from "@intercom-telemetry/exporter/settings";
import type { MetricsSettings } from "./config-metrics.ts";

/** Time between the probes of `serve`, in seconds. */
export const DEFAULT_INTERVAL_SECONDS = 60;

/** Where the metrics are served. */
export const DEFAULT_METRICS: MetricsSettings = {
  host: DEFAULT_HOST,
  port: DEFAULT_PORT,
  path: DEFAULT_PATH,
  allowedHosts: [],
};
