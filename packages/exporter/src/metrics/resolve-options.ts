import {
  boolean,
  byKey,
  check,
  type Fields,
  filledString,
  integer,
  list,
  object,
  optional,
  refine,
  type Shape,
  satisfies,
  secret,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import type { MetricsAuth } from "./authorize.ts";
import { DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT, DEFAULT_TIMEOUT_SECONDS } from "./defaults.ts";
import { describeScrapeError } from "./describe-scrape-error.ts";
import { isPath, isTls } from "./option-shapes.ts";
import type {
  MetricsHandlerOptions,
  MetricsTls,
  ResolvedHandlerOptions,
  ResolvedServeOptions,
  ServeMetricsOptions,
} from "./options.ts";
import { HEALTH_PATH } from "./paths.ts";
import { isRegistry, type MetricsRegistry } from "./registry.ts";
import { findExposure } from "./safety.ts";
import { isSecretHash } from "./secret-hash.ts";

const warn = (message: string): void => process.emitWarning(message, "IntercomTelemetryWarning");

const warnOfScrape = (error: unknown): void =>
  warn(`a scrape of the metrics failed: ${describeScrapeError(error)}; set onError to log the error itself`);

const warnOfLog = (): void =>
  warn("a scrape of the metrics failed, and so did the onError that was told of it");

/** A log function that throws, or an async one that rejects, must not end the server. */
function guard(onError: (error: unknown) => unknown): (error: unknown) => void {
  return (error) => {
    try {
      Promise.resolve(onError(error)).catch(warnOfLog);
    } catch {
      warnOfLog();
    }
  };
}

const REGISTRY = satisfies<MetricsRegistry>("a Registry of prom-client", isRegistry);
const HASH = secret("a hash made by hashSecret", isSecretHash);

const HANDLER_FIELDS: Fields<ResolvedHandlerOptions> = {
  timeoutSeconds: withDefault(
    satisfies<number>(
      "a number of seconds above 0, up to 3600",
      (value) => typeof value === "number" && value > 0 && value <= 3600,
    ),
    DEFAULT_TIMEOUT_SECONDS,
  ),
  onError: withDefault(
    satisfies<(error: unknown) => void>("a function", (value) => typeof value === "function"),
    warnOfScrape,
  ),
};

const HANDLER = object<ResolvedHandlerOptions>(HANDLER_FIELDS);

const TLS = refine(object<MetricsTls>({ cert: secret(), key: secret() }), (tls, path, report) => {
  if (!isTls(tls)) report(path, "expected { cert, key } with a PEM certificate and its key, got others");
});

const AUTH: Shape<MetricsAuth> = byKey("scheme", {
  basic: object({
    scheme: satisfies<"basic">("basic", () => true),
    username: string("a name without a colon", /^[^:]+$/),
    passwordHash: HASH,
  }),
  bearer: object({ scheme: satisfies<"bearer">("bearer", () => true), tokenHash: HASH }),
});

const SERVE: Shape<ResolvedServeOptions> = refine(
  object<ResolvedServeOptions>({
    registry: REGISTRY,
    host: withDefault(filledString, DEFAULT_HOST),
    port: withDefault(integer(0, 65_535), DEFAULT_PORT),
    path: withDefault(
      secret(`a path such as "${DEFAULT_PATH}", and not "${HEALTH_PATH}"`, isPath),
      DEFAULT_PATH,
    ),
    allowedHosts: withDefault(list(string("a host name without a port", /^[^\s/:@]+$/)), []),
    tls: optional(TLS),
    auth: optional(AUTH),
    insecure: withDefault(boolean, false),
    ...HANDLER_FIELDS,
  }),
  (options, path, report) => {
    const given = findExposure(options);
    if (given !== undefined)
      report(
        [...path, "host"],
        `an address that other machines can reach needs both tls and auth, got ${given}; insecure: true serves anyway`,
      );
  },
);

/** Checks the arguments of `metricsHandler` and fills in defaults. Throws a TypeError that names what is wrong. */
export function resolveHandlerOptions(
  registry: MetricsRegistry,
  options: MetricsHandlerOptions,
): ResolvedHandlerOptions {
  check(REGISTRY, registry, "registry");
  const { timeoutSeconds, onError } = check(HANDLER, options, "options");
  return { timeoutSeconds, onError: guard(onError) };
}

/** Checks the options of `serveMetrics` and fills in defaults. Throws a TypeError that names what is wrong. */
export function resolveServeOptions(options: ServeMetricsOptions): ResolvedServeOptions {
  const { onError, ...resolved } = check(SERVE, options, "options");
  return { ...resolved, onError: guard(onError) };
}
