import type { MetricsAuth } from "@intercom-telemetry/exporter";
import {
  DEFAULT_HOST,
  DEFAULT_PATH,
  DEFAULT_PORT,
  isPath,
  isSecretHash,
} from "@intercom-telemetry/exporter/settings";
import {
  convert,
  integer,
  list,
  object,
  optional,
  type Shape,
  secret,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import { FILE_PATH } from "./config-clients.ts";

/** The files of a certificate and its key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

interface WrittenBasic {
  readonly username: string;
  readonly passwordHash: string;
}

interface WrittenMetrics {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly allowedHosts: readonly string[];
  readonly tls?: TlsFiles | undefined;
  readonly basic?: WrittenBasic | undefined;
  readonly bearer?: { readonly tokenHash: string } | undefined;
}

/** The key `metrics`, with its defaults. */
export interface MetricsSettings
  extends Pick<WrittenMetrics, "host" | "port" | "path" | "allowedHosts" | "tls"> {
  readonly auth?: MetricsAuth | undefined;
}

const SECRET_HASH = secret("a hash made by `intercom-telemetry hash`", isSecretHash);

const WRITTEN = object<WrittenMetrics>({
  host: withDefault(string("an address or host name", /^\S+$/), DEFAULT_HOST),
  port: withDefault(integer(0, 65_535), DEFAULT_PORT),
  path: withDefault(secret('a path such as "/metrics"', isPath), DEFAULT_PATH),
  allowedHosts: withDefault(list(string("a host name without a port", /^[^\s/:@]+$/)), []),
  tls: optional(object<TlsFiles>({ certFile: FILE_PATH, keyFile: FILE_PATH })),
  basic: optional(
    object<WrittenBasic>({
      username: string("a name without a colon", /^[^:]+$/),
      passwordHash: SECRET_HASH,
    }),
  ),
  bearer: optional(object<{ readonly tokenHash: string }>({ tokenHash: SECRET_HASH })),
});

function toAuth({ basic, bearer }: WrittenMetrics): MetricsAuth | undefined {
  if (bearer) return { scheme: "bearer", ...bearer };
  return basic && { scheme: "basic", ...basic };
}

/** The key `metrics`. */
export const METRICS: Shape<MetricsSettings> = convert(WRITTEN, (written, path, report) => {
  const { basic, bearer, ...settings } = written;
  if (basic && bearer) report([...path, "bearer"], "expected one of basic and bearer, got both");
  return { ...settings, auth: toAuth(written) };
});
