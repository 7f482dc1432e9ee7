import type { MetricsAuth } from "./authorize.ts";
import type { MetricsRegistry } from "./registry.ts";

/** A certificate (chain) and its private key, PEM text. */
export interface MetricsTls {
  readonly cert: string;
  readonly key: string;
}

/** Options of `metricsHandler`. */
export interface MetricsHandlerOptions {
  /**
   * Longest time that collecting the metrics may take, in seconds; then the scrape gets 503.
   * `serveMetrics` gives a client the same time to send its request. Raise it together with Prometheus'
   * `scrape_timeout`, whose default it shares.
   *
   * @defaultValue 10
   */
  readonly timeoutSeconds?: number;
  /**
   * Called with what the registry threw, for your log; the client of the scrape never sees it.
   *
   * @defaultValue emits a process warning with the kind of the error, without its message
   */
  readonly onError?: (error: unknown) => void;
}

/** Options of `serveMetrics`. */
export interface ServeMetricsOptions extends MetricsHandlerOptions {
  /** The registry to serve; `register` of prom-client is its global one. */
  readonly registry: MetricsRegistry;
  /**
   * Address to listen on. The default is reached from this machine only; a container needs `0.0.0.0`.
   *
   * @defaultValue "127.0.0.1"
   */
  readonly host?: string;
  /**
   * Port to listen on; 0 lets the system choose a free one.
   *
   * @defaultValue 9464, the port that OpenTelemetry reserves for this
   */
  readonly port?: number;
  /**
   * Path of the metrics. `/healthz` is taken.
   *
   * @defaultValue "/metrics"
   */
  readonly path?: string;
  /**
   * Further names by which a server on loopback may be asked, e.g. of a reverse proxy on this machine that keeps the
   * `Host` header. Addresses, `localhost` and names that end in `.internal` always may; other names are refused,
   * because a web page can have its own name point to this machine.
   *
   * @defaultValue none
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Serve HTTPS with this certificate (chain) and private key, as the text of their PEM files.
   *
   * @defaultValue plain HTTP
   */
  readonly tls?: MetricsTls | undefined;
  /**
   * Ask for credentials. `/healthz` stays open: it tells nothing.
   *
   * @defaultValue nobody is asked
   */
  readonly auth?: MetricsAuth | undefined;
  /**
   * Listen on an address that other machines can reach without `tls` and `auth`. For networks that see to both
   * themselves, such as a service mesh.
   *
   * @defaultValue false
   */
  readonly insecure?: boolean;
}

/** The options of `metricsHandler` with defaults filled in. */
export type ResolvedHandlerOptions = Required<MetricsHandlerOptions>;

/** The options of `serveMetrics` with defaults filled in. */
export type ResolvedServeOptions = Required<Omit<ServeMetricsOptions, "tls" | "auth">> &
  Pick<ServeMetricsOptions, "tls" | "auth">;
