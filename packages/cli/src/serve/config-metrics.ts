import { stat } from "node:fs/promises";
import type { MetricsAuth, MetricsTls } from "@intercom-telemetry/exporter";
import {
  DEFAULT_HOST,
  DEFAULT_PATH,
  DEFAULT_PORT,
  isPath,
  isSecretHash,
  isTls,
} from "@intercom-telemetry/exporter/settings";
import { readRegularFile } from "@intercom-telemetry/guards/files";
import {
  type Field,
  filePath,
  guardedText,
  type Located,
  list,
  mapping,
  number,
  type Report,
  text,
} from "../config/fields.ts";
import { type ConfigNode, entryOf } from "../config/yaml-document.ts";
import type { MetricsConfig } from "./serve-config.ts";

const secretHash = guardedText("a hash made by `intercom-telemetry hash`", isSecretHash);

interface ReadTls {
  readonly cert_file?: string;
  readonly key_file?: string;
}

interface ReadBasic {
  readonly username?: string;
  readonly password_hash?: string;
}

interface ReadBearer {
  readonly token_hash?: string;
}

/** The key `metrics` as it is written. */
export interface ReadMetrics {
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly allowed_hosts?: readonly Located<string>[];
  readonly tls?: ReadTls;
  readonly basic?: ReadBasic;
  readonly bearer?: ReadBearer;
}

/** The key `metrics`. */
export const METRICS_FIELD: Field<ReadMetrics> = mapping<ReadMetrics>({
  host: text("an address or host name", /^\S+$/),
  port: number(0, 65_535, true),
  path: guardedText('a path such as "/metrics"', isPath),
  allowed_hosts: list(text("a host name without a port", /^[^\s/:@]+$/)),
  tls: mapping<ReadTls>({ cert_file: filePath, key_file: filePath }),
  basic: mapping<ReadBasic>({
    username: text("a name without a colon", /^[^:]+$/),
    password_hash: secretHash,
  }),
  bearer: mapping<ReadBearer>({ token_hash: secretHash }),
});

async function toTls(
  metrics: ReadMetrics,
  node: ConfigNode,
  report: Report,
  locate: (path: string) => string,
): Promise<MetricsTls | undefined> {
  const { cert_file: certFile, key_file: keyFile } = metrics.tls ?? {};
  if (!metrics.tls) return undefined;
  const place = entryOf(node, "tls");
  if (certFile === undefined || keyFile === undefined) {
    report(place, "expected cert_file and key_file");
    return undefined;
  }
  const read = (path: string) => readRegularFile(locate(path)).catch(() => "");
  const [cert, key] = await Promise.all([read(certFile), read(keyFile)]);
  if (!isTls({ cert, key }))
    report(place, "expected files with a PEM certificate and its key, got files that hold none");
  return { cert, key };
}

const OTHERS_MAY_READ = 0o004;

/** Says when every user of this machine may read the private key. */
async function checkKeyMode(
  { tls }: ReadMetrics,
  locate: (path: string) => string,
): Promise<readonly string[]> {
  if (tls?.key_file === undefined) return [];
  const mode = await stat(locate(tls.key_file)).then(
    (file) => file.mode & 0o777,
    () => 0,
  );
  if ((mode & OTHERS_MAY_READ) === 0) return [];
  return [
    `metrics.tls.key_file: every user may read the private key (mode ${mode.toString(8)}), expected 600`,
  ];
}

function toAuth({ basic, bearer }: ReadMetrics, node: ConfigNode, report: Report): MetricsAuth | undefined {
  if (basic && bearer) report(entryOf(node, "bearer"), "expected one of basic and bearer, got both");
  if (bearer) {
    if (bearer.token_hash === undefined) report(entryOf(node, "bearer"), "expected token_hash");
    return { scheme: "bearer", tokenHash: bearer.token_hash ?? "" };
  }
  if (!basic) return undefined;
  const { username, password_hash: passwordHash } = basic;
  if (username === undefined || passwordHash === undefined)
    report(entryOf(node, "basic"), "expected username and password_hash");
  return { scheme: "basic", username: username ?? "", passwordHash: passwordHash ?? "" };
}

/** Turns the key `metrics` into where and how to serve; reads the PEM files. Reports what does not go together. */
export async function toMetrics(
  metrics: ReadMetrics,
  node: ConfigNode,
  report: Report,
  locate: (path: string) => string,
): Promise<{ readonly metrics: MetricsConfig; readonly warnings: readonly string[] }> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, path = DEFAULT_PATH } = metrics;
  const tls = await toTls(metrics, node, report, locate);
  const auth = toAuth(metrics, node, report);
  const allowedHosts = (metrics.allowed_hosts ?? []).map(({ value }) => value);
  return {
    metrics: {
      host,
      port,
      path,
      allowedHosts,
      insecure: false,
      ...(tls && { tls }),
      ...(auth && { auth }),
    },
    warnings: await checkKeyMode(metrics, locate),
  };
}
