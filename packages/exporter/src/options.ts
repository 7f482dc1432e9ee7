import { describeValue, refuseUnknownKeys, requireOption } from "./check-option.ts";
import { isRegistry, type MetricsRegistry } from "./metrics/registry.ts";
import { HEALTH_PATH } from "./metrics/router.ts";

/** Options of `metricsHandler`. */
export interface MetricsHandlerOptions {
  /**
   * Longest time that collecting the metrics may take, in seconds; then the scrape is answered with 503.
   * `serveMetrics` gives a client the same time to send its request. Raise it together with Prometheus'
   * `scrape_timeout`, whose default it shares.
   *
   * @defaultValue 10
   */
  readonly timeoutSeconds?: number;
  /**
   * Called with what the registry threw, for your log; the client of the scrape never sees it.
   *
   * @defaultValue emits a process warning
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
}

/** The options of `metricsHandler` with defaults filled in. */
export type ResolvedHandlerOptions = Required<MetricsHandlerOptions>;

/** The options of `serveMetrics` with defaults filled in. */
export type ResolvedServeOptions = Required<ServeMetricsOptions>;

const HANDLER_KEYS = ["timeoutSeconds", "onError"];
const SERVE_KEYS = ["registry", "host", "port", "path", ...HANDLER_KEYS];

function warn(error: unknown): void {
  const reason = error instanceof Error ? error.message : describeValue(error);
  process.emitWarning(`a scrape of the metrics failed: ${reason}`, "IntercomTelemetryWarning");
}

/** A log function that throws must not end the server. */
function guard(onError: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    try {
      onError(error);
    } catch (failure) {
      warn(failure);
    }
  };
}

const isTimeout = (value: unknown): boolean =>
  typeof value === "number" && value > 0 && value <= 3600 && Number.isFinite(value);
const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
const isPath = (value: unknown): boolean =>
  typeof value === "string" &&
  /^\/[\w.~\-/]*$/.test(value) &&
  !value.startsWith("//") &&
  value !== HEALTH_PATH;

function resolveHandler(options: MetricsHandlerOptions): ResolvedHandlerOptions {
  const { timeoutSeconds = 10, onError = warn } = options;
  requireOption("timeoutSeconds", timeoutSeconds, "a number of seconds above 0, up to 3600", isTimeout);
  requireOption("onError", onError, "a function", (value) => typeof value === "function");
  return { timeoutSeconds, onError: guard(onError) };
}

/** Checks the arguments of `metricsHandler` and fills in defaults. Throws a TypeError that names what is wrong. */
export function resolveHandlerOptions(
  registry: MetricsRegistry,
  options: MetricsHandlerOptions,
): ResolvedHandlerOptions {
  requireOption("registry", registry, "a Registry of prom-client", isRegistry);
  refuseUnknownKeys("metricsHandler", options, HANDLER_KEYS);
  return resolveHandler(options);
}

/** Checks the options of `serveMetrics` and fills in defaults. Throws a TypeError that names what is wrong. */
export function resolveServeOptions(options: ServeMetricsOptions): ResolvedServeOptions {
  refuseUnknownKeys("serveMetrics", options, SERVE_KEYS);
  const { registry, host = "127.0.0.1", port = 9464, path = "/metrics" } = options;
  requireOption("registry", registry, "a Registry of prom-client", isRegistry);
  requireOption(
    "host",
    host,
    "an address or host name",
    (value) => typeof value === "string" && value !== "",
  );
  requireOption("port", port, "a whole number from 0 to 65535", isPort);
  requireOption("path", path, `a path such as "/metrics", and not "${HEALTH_PATH}"`, isPath);
  return { registry, host, port, path, ...resolveHandler(options) };
}
