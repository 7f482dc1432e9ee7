import type { MetricsAuth } from "./authorize.ts";
import { refuseUnknownKeys, requireOption } from "./check-option.ts";
import { DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT, DEFAULT_TIMEOUT_SECONDS } from "./defaults.ts";
import { describeScrapeError } from "./describe-scrape-error.ts";
import { isAuth, isFilledText, isHostList, isPath, isPort, isTimeout, isTls } from "./option-shapes.ts";
import { HEALTH_PATH } from "./paths.ts";
import { isRegistry, type MetricsRegistry } from "./registry.ts";
import { findExposure } from "./safety.ts";

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
  readonly tls?: MetricsTls;
  /**
   * Ask for credentials. `/healthz` stays open: it tells nothing.
   *
   * @defaultValue nobody is asked
   */
  readonly auth?: MetricsAuth;
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

const HANDLER_KEYS = ["timeoutSeconds", "onError"];
const SERVE_KEYS = [
  "registry",
  "host",
  "port",
  "path",
  "allowedHosts",
  "tls",
  "auth",
  "insecure",
  ...HANDLER_KEYS,
];

const warn = (message: string): void => process.emitWarning(message, "IntercomTelemetryWarning");

const warnOfScrape = (error: unknown): void =>
  warn(`a scrape of the metrics failed: ${describeScrapeError(error)}; set onError to log the error itself`);

/** A log function that throws must not end the server. */
function guard(onError: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    try {
      onError(error);
    } catch {
      warn("a scrape of the metrics failed, and so did the onError that was told of it");
    }
  };
}

const EXPECTED_AUTH =
  '{ scheme: "basic", username, passwordHash } or { scheme: "bearer", tokenHash }, hashes made by hashSecret';

function resolveHandler(options: MetricsHandlerOptions): ResolvedHandlerOptions {
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, onError = warnOfScrape } = options;
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

function requireSafety(options: ResolvedServeOptions): void {
  const given = findExposure(options);
  if (given === undefined) return;
  throw new TypeError(
    `option host: an address that other machines can reach needs both tls and auth, got ${given}; insecure: true serves all the same`,
  );
}

/** Checks the options of `serveMetrics` and fills in defaults. Throws a TypeError that names what is wrong. */
export function resolveServeOptions(options: ServeMetricsOptions): ResolvedServeOptions {
  refuseUnknownKeys("serveMetrics", options, SERVE_KEYS);
  const {
    registry,
    host = DEFAULT_HOST,
    port = DEFAULT_PORT,
    path = DEFAULT_PATH,
    allowedHosts = [],
    tls,
    auth,
    insecure = false,
  } = options;
  requireOption("registry", registry, "a Registry of prom-client", isRegistry);
  requireOption("host", host, "an address or host name", isFilledText);
  requireOption("port", port, "a whole number from 0 to 65535", isPort);
  requireOption("path", path, `a path such as "${DEFAULT_PATH}", and not "${HEALTH_PATH}"`, isPath);
  requireOption("allowedHosts", allowedHosts, "an array of host names", isHostList);
  requireOption("insecure", insecure, "true or false", (value) => typeof value === "boolean");
  if (tls !== undefined) requireOption("tls", tls, "{ cert, key } with a PEM certificate and its key", isTls);
  if (auth !== undefined) requireOption("auth", auth, EXPECTED_AUTH, isAuth);
  const common = { registry, host, port, path, allowedHosts, insecure, ...resolveHandler(options) };
  const resolved = { ...common, ...(tls && { tls }), ...(auth && { auth }) };
  requireSafety(resolved);
  return resolved;
}
