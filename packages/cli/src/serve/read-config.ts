import { dirname, resolve } from "node:path";
import { DEFAULT_TIMEOUT_SECONDS } from "@intercom-telemetry/exporter/settings";
import { number, object, read, type Shape, withDefault } from "@intercom-telemetry/guards/shape";
import type { ConfigFile } from "../config/config-file.ts";
import { refuseDocument } from "../config/document.ts";
import { STATUS_PAGE_URL } from "../probe/status-page.ts";
import { CLIENTS, HTTP_URL } from "./config-clients.ts";
import { METRICS, type MetricsSettings } from "./config-metrics.ts";
import { DEFAULT_INTERVAL_SECONDS, DEFAULT_METRICS } from "./defaults.ts";
import { findKeyWarning, readTls } from "./read-tls.ts";
import type { ClientConfig, MetricsConfig, ServeConfig } from "./serve-config.ts";

/** The key `serve`, with its defaults. */
interface ServeSettings {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly statusUrl: URL;
  readonly clients: readonly ClientConfig[];
  readonly metrics: MetricsSettings;
}

const SERVE: Shape<ServeSettings> = object<ServeSettings>({
  intervalSeconds: withDefault(number(1, 86_400), DEFAULT_INTERVAL_SECONDS),
  timeoutSeconds: withDefault(number(0.1, 300), DEFAULT_TIMEOUT_SECONDS),
  statusUrl: withDefault(HTTP_URL, new URL(STATUS_PAGE_URL)),
  clients: CLIENTS,
  metrics: withDefault(METRICS, DEFAULT_METRICS),
});

/** Paths are relative to the file, wherever the command is started. */
function locate(fileName: string, { clients, metrics, ...settings }: ServeSettings): ServeSettings {
  const toAbsolute = (path: string) => resolve(dirname(fileName), path);
  const { tls } = metrics;
  return {
    ...settings,
    clients: clients.map((client) => {
      const { tokenSource } = client;
      if (tokenSource.kind !== "file") return client;
      return { ...client, tokenSource: { kind: "file", path: toAbsolute(tokenSource.path) } };
    }),
    metrics: {
      ...metrics,
      tls: tls && { certFile: toAbsolute(tls.certFile), keyFile: toAbsolute(tls.keyFile) },
    },
  };
}

async function readMetrics(
  config: ConfigFile,
  { tls: files, ...settings }: MetricsSettings,
): Promise<MetricsConfig> {
  if (!files) return { ...settings, insecure: false };
  const tls = await readTls(files);
  if (tls) return { ...settings, tls, insecure: false };
  const message = "expected files with a PEM certificate and its key, got files that hold none";
  return refuseDocument(config, [{ path: ["serve", "metrics", "tls"], message }]);
}

/**
 * Reads the key `serve` of a configuration file.
 *
 * @throws UsageError naming line, key, what was expected and what came, for every mistake at once; a value that may
 *   be a secret is never repeated.
 */
export async function readConfig(config: ConfigFile): Promise<ServeConfig> {
  const reading = read(SERVE, config.sections.serve, ["serve"]);
  if (!("value" in reading)) return refuseDocument(config, reading.problems);
  const { clients, metrics, intervalSeconds, timeoutSeconds, statusUrl } = locate(
    config.fileName,
    reading.value,
  );
  const warning = metrics.tls && (await findKeyWarning(metrics.tls));
  return {
    clients,
    metrics: await readMetrics(config, metrics),
    warnings: warning === undefined ? [] : [warning],
    intervalSeconds,
    timeoutSeconds,
    statusPageUrl: statusUrl,
  };
}
