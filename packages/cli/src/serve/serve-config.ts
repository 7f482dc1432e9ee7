import type { MetricsAuth, MetricsTls } from "@intercom-telemetry/exporter";
import type { TokenSource } from "../probe/token.ts";

/** One client to probe. */
export interface ClientConfig {
  /** The `client` label. */
  readonly name: string;
  readonly baseUrl: URL;
  readonly tokenSource: TokenSource;
  readonly apiVersion?: string | undefined;
}

/** Where the metrics are served. */
export interface MetricsConfig {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly allowedHosts: readonly string[];
  readonly tls?: MetricsTls | undefined;
  readonly auth?: MetricsAuth | undefined;
  readonly insecure: boolean;
}

/** Everything that `serve` works by. */
export interface ServeConfig {
  readonly clients: readonly ClientConfig[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly statusPageUrl: URL;
  readonly metrics: MetricsConfig;
  /** What is not wrong, and should be known. */
  readonly warnings: readonly string[];
}
