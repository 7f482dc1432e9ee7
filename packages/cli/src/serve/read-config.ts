import { dirname, resolve } from "node:path";
import { DEFAULT_TIMEOUT_SECONDS } from "@intercom-telemetry/exporter/settings";
import { UsageError } from "../command/exit-codes.ts";
import { httpUrl, type Located, list, mapping, number, type Report } from "../config/fields.ts";
import { readFile } from "../config/read-file.ts";
import { entryOf, parseConfigDocument } from "../config/yaml-document.ts";
import { STATUS_PAGE_URL } from "../probe/status-page.ts";
import { CLIENT_FIELD, type ReadClient, toClients } from "./config-clients.ts";
import { METRICS_FIELD, type ReadMetrics, toMetrics } from "./config-metrics.ts";
import { DEFAULT_INTERVAL_SECONDS } from "./defaults.ts";
import type { ServeConfig } from "./serve-config.ts";

interface ReadFile {
  readonly interval_seconds?: number;
  readonly timeout_seconds?: number;
  readonly status_url?: URL;
  readonly clients?: readonly Located<ReadClient>[];
  readonly metrics?: ReadMetrics;
}

const CONFIG = mapping<ReadFile>({
  interval_seconds: number(1, 86_400),
  timeout_seconds: number(0.1, 300),
  status_url: httpUrl,
  clients: list(CLIENT_FIELD),
  metrics: METRICS_FIELD,
});

/**
 * Reads a configuration file.
 *
 * @throws UsageError naming line, key, what was expected and what came, for every mistake at once; a value that may
 *   be a secret is never repeated.
 */
export async function readConfig(fileName: string): Promise<ServeConfig> {
  const content = await readFile(fileName, "--config");
  const root = parseConfigDocument(content, fileName);
  const problems: string[] = [];
  const report: Report = ({ key, line }, problem) =>
    problems.push(`${fileName}:${line}: ${key ? `${key}: ` : ""}${problem}`);
  // Paths are relative to the file, wherever the command is started.
  const locate = (path: string) => resolve(dirname(fileName), path);
  const read = CONFIG(root, report) ?? {};
  const lacksClients = root.content.kind === "mapping" && !root.content.entries.has("clients");
  if (lacksClients) report(root, "expected the key clients, got none");
  const clients = toClients(read.clients ?? [], report, locate);
  const { metrics, warnings } = await toMetrics(read.metrics ?? {}, entryOf(root, "metrics"), report, locate);
  if (problems.length > 0) throw new UsageError(problems);
  return {
    clients,
    metrics,
    warnings,
    intervalSeconds: read.interval_seconds ?? DEFAULT_INTERVAL_SECONDS,
    timeoutSeconds: read.timeout_seconds ?? DEFAULT_TIMEOUT_SECONDS,
    statusPageUrl: read.status_url ?? new URL(STATUS_PAGE_URL),
  };
}
