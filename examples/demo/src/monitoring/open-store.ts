import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  importSeries,
  type Series,
  startPrometheus,
  startVmagent,
  startVmalert,
  writeBlocks,
} from "@intercom-telemetry/local-prometheus";
import { SCRAPE_INTERVAL_SECONDS } from "./config.ts";

/** What holds the metrics, with the shipped rules evaluated over it. */
export interface MonitoredStore {
  /** For queries in PromQL. */
  readonly url: string;
  /** A page that shows the rules. */
  readonly rulesUrl: string;
  /** Rejects when a part of it ends by itself. */
  readonly died: Promise<never>;
}

/** What it is opened with. */
export interface MonitoredStoreSettings {
  /** Paths of the rule files. */
  readonly rules: readonly string[];
  /** What is scraped, `host:port` by job. */
  readonly targets: Readonly<Record<string, string>>;
  /** `host:port` and origin. */
  readonly alertmanager: { readonly address: string; readonly url: string };
}

/** How long Prometheus keeps what it has: longer than the objective's period. */
const RETENTION = "60d";

function scrapeConfig(targets: Readonly<Record<string, string>>) {
  const interval = `${SCRAPE_INTERVAL_SECONDS}s`;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: Object.entries(targets).map(([job_name, target]) => ({
      job_name,
      static_configs: [{ targets: [target] }],
    })),
  };
}

/** Writes what is there from the start: before Prometheus is started, or into the running VictoriaMetrics. */
export function writeHistory(
  folder: string,
  storeUrl: string | undefined,
  history: Iterable<Series>,
): Promise<void> {
  return storeUrl === undefined ? writeBlocks(folder, history) : importSeries(storeUrl, history);
}

/** A Prometheus that scrapes everything and evaluates the rules. */
export async function openPrometheus(
  folder: string,
  { rules, targets, alertmanager }: MonitoredStoreSettings,
): Promise<MonitoredStore> {
  const config = {
    ...scrapeConfig(targets),
    rule_files: rules,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager.address] }] }] },
  };
  const flags = [`--storage.tsdb.retention.time=${RETENTION}`];
  const { url, died } = await startPrometheus({ folder, config, flags });
  return { url, rulesUrl: `${url}/alerts`, died };
}

/** A VictoriaMetrics that services send to, with an agent for what is scraped and an engine for the rules. */
export async function openVictoriaMetrics(
  folder: string,
  storeUrl: string,
  { rules, targets, alertmanager }: MonitoredStoreSettings,
): Promise<MonitoredStore> {
  const own = join(folder, "agent");
  mkdirSync(own);
  const agent = await startVmagent(own, scrapeConfig(targets), storeUrl);
  const vmalert = await startVmalert(rules, storeUrl, alertmanager.url);
  return {
    url: storeUrl,
    rulesUrl: `${vmalert.url}/vmalert/groups`,
    died: Promise.race([agent.died, vmalert.died]),
  };
}
