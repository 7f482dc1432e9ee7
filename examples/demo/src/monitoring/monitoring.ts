import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildDashboards, renderFiles } from "@intercom-telemetry/dashboards";
import { nowEpochSeconds, startAlertmanager, startServe } from "@intercom-telemetry/local-prometheus";
import { bundlePage, startPreview } from "@intercom-telemetry/preview";
import { DEMO_CONFIG } from "./config.ts";
import { madeUpDays } from "./made-up-days.ts";
import { openPrometheus, openVictoriaMetrics, writeHistory } from "./open-store.ts";

/** What the monitoring has to know. */
export interface MonitoringSettings {
  /** Origin of the simulated Intercom, for the probe. */
  readonly intercomUrl: string;
  readonly token: string;
  /** Where each service serves its metrics, `host:port` by name. */
  readonly services: Readonly<Record<string, string>>;
  /** The store that the services send to, where they are not scraped. */
  readonly storeUrl?: string | undefined;
}

/** Where to look. */
export interface Addresses {
  /** The first dashboard, with a range of time that suits the demo. */
  readonly dashboards: string;
  /** The shipped rules, and what fires. */
  readonly rules: string;
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
/** A little more than one telling of the story. */
const SHOWN_RANGE = "from=now-5m&to=now";

function writeRules(folder: string): readonly string[] {
  return renderFiles(DEMO_CONFIG, ["prometheus"]).map(({ path, content }) => {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    return file;
  });
}

function startShippedAlertmanager(folder: string) {
  const [shipped] = renderFiles(DEMO_CONFIG, ["alertmanager"]);
  return startAlertmanager(folder, shipped?.content ?? "");
}

/**
 * Starts the probe, the shipped rules over the store and a made-up past, Alertmanager with the shipped routes, and the
 * preview of the shipped dashboards.
 *
 * @param folder for everything that is written.
 */
export async function openMonitoring(folder: string, settings: MonitoringSettings): Promise<Monitoring> {
  const { intercomUrl, token, services, storeUrl } = settings;
  const clients = Object.keys(services);
  const probeFolder = join(folder, "probe");
  mkdirSync(probeFolder);
  const [serve, alertmanager] = await Promise.all([
    startServe({ folder: probeFolder, ...PROBE, intercomUrl, token, clients }),
    startShippedAlertmanager(folder),
    writeHistory(folder, storeUrl, madeUpDays(clients, nowEpochSeconds())),
    bundlePage(),
  ]);
  const probe = { "intercom-probe": serve.address };
  const common = { rules: writeRules(folder), alertmanager };
  const store =
    storeUrl === undefined
      ? await openPrometheus(folder, { ...common, targets: { ...services, ...probe } })
      : await openVictoriaMetrics(folder, storeUrl, { ...common, targets: probe });
  const dashboards = buildDashboards(DEMO_CONFIG);
  const preview = await startPreview({ prometheusUrl: store.url, dashboards });
  return {
    addresses: {
      dashboards: `${preview.url}d/${dashboards[0]?.uid}?${SHOWN_RANGE}`,
      rules: store.rulesUrl,
      alertmanager: alertmanager.url,
      probe: `${serve.url}/metrics`,
    },
    died: Promise.race([serve.died, alertmanager.died, store.died]),
  };
}
