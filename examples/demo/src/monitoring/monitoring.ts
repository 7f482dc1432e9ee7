import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildDashboards, renderFiles } from "@intercom-telemetry/dashboards";
import {
  nowEpochSeconds,
  startAlertmanager,
  startPrometheus,
  startServe,
  writeBlocks,
} from "@intercom-telemetry/local-prometheus";
import { bundlePage, startPreview } from "@intercom-telemetry/preview";
import { DEMO_CONFIG, SCRAPE_INTERVAL_SECONDS } from "./config.ts";
import { madeUpDays } from "./made-up-days.ts";

/** What the monitoring has to know. */
export interface MonitoringSettings {
  /** Origin of the simulated Intercom, for the probe. */
  readonly intercomUrl: string;
  readonly token: string;
  /** Where each service serves its metrics, `host:port` by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** Where to look. */
export interface Addresses {
  /** The first dashboard, with a range of time that suits the demo. */
  readonly dashboards: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  /** Metrics of the probe. */
  readonly probe: string;
}

/** The monitoring, running. */
export interface Monitoring {
  readonly addresses: Addresses;
  /** Rejects when a part of it ends by itself. */
  readonly died: Promise<never>;
}

/** Rhythm of the probe, and how long it waits for a response. */
const PROBE = { intervalSeconds: 2, timeoutSeconds: 1.5 };
/** How long Prometheus keeps what it has: longer than the objective's period. */
const RETENTION = "60d";
/** A little more than one telling of the story. */
const SHOWN_RANGE = "from=now-5m&to=now";

function writeRules(folder: string): readonly string[] {
  return renderFiles(DEMO_CONFIG, ["prometheus"]).map(({ path, content }) => {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    return file;
  });
}

function prometheusConfig(
  rules: readonly string[],
  targets: Readonly<Record<string, string>>,
  alertmanagerAddress: string,
): unknown {
  const interval = `${SCRAPE_INTERVAL_SECONDS}s`;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval },
    rule_files: rules,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanagerAddress] }] }] },
    scrape_configs: Object.entries(targets).map(([job_name, target]) => ({
      job_name,
      static_configs: [{ targets: [target] }],
    })),
  };
}

function startShippedAlertmanager(folder: string) {
  const [shipped] = renderFiles(DEMO_CONFIG, ["alertmanager"]);
  return startAlertmanager(folder, shipped?.content ?? "");
}

/**
 * Starts the probe, Prometheus with the shipped rules and a made-up past, Alertmanager with the shipped routes, and the
 * preview of the shipped dashboards.
 *
 * @param folder for everything that is written.
 */
export async function openMonitoring(folder: string, settings: MonitoringSettings): Promise<Monitoring> {
  const { intercomUrl, token, services } = settings;
  const clients = Object.keys(services);
  const probeFolder = join(folder, "probe");
  mkdirSync(probeFolder);
  const [serve, alertmanager] = await Promise.all([
    startServe({ folder: probeFolder, ...PROBE, intercomUrl, token, clients }),
    startShippedAlertmanager(folder),
    writeBlocks(folder, madeUpDays(clients, nowEpochSeconds())),
    bundlePage(),
  ]);
  const targets = { ...services, "intercom-probe": serve.address };
  const config = prometheusConfig(writeRules(folder), targets, alertmanager.address);
  const flags = [`--storage.tsdb.retention.time=${RETENTION}`];
  const prometheus = await startPrometheus({ folder, config, flags });
  const dashboards = buildDashboards(DEMO_CONFIG);
  const preview = await startPreview({ prometheusUrl: prometheus.url, dashboards });
  return {
    addresses: {
      dashboards: `${preview.url}d/${dashboards[0]?.uid}?${SHOWN_RANGE}`,
      prometheus: prometheus.url,
      alertmanager: alertmanager.url,
      probe: `${serve.url}/metrics`,
    },
    died: Promise.race([serve.died, alertmanager.died, prometheus.died]),
  };
}
