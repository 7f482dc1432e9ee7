import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "./child-process.ts";
import { formatOpenMetrics, type Series } from "./open-metrics.ts";
import { type LocalServer, startServer } from "./server.ts";

const CONVENTIONS = { listenFlag: "-httpListenAddr", readyPath: "/health" };

/**
 * Starts a real VictoriaMetrics and waits until it is ready. It keeps samples of any age.
 *
 * @param flags further ones, e.g. `-relabelConfig=relabel.yml`.
 */
export function startVictoriaMetrics(folder: string, flags: readonly string[] = []): Promise<LocalServer> {
  const args = [
    `-storageDataPath=${join(folder, "victoria-metrics")}`,
    "-retentionPeriod=20y",
    // By default it hides the last half minute, for scrapes that are still on their way.
    "-search.latencyOffset=1s",
    ...flags,
  ];
  return startServer("victoria-metrics", args, CONVENTIONS);
}

/**
 * Starts a real vmagent, which scrapes and hands on to a store.
 *
 * @param config content of its `prometheus.yml`.
 */
export function startVmagent(folder: string, config: unknown, storeUrl: string): Promise<LocalServer> {
  const file = join(folder, "vmagent.yml");
  writeFileSync(file, JSON.stringify(config));
  const args = [
    `-promscrape.config=${file}`,
    `-remoteWrite.url=${storeUrl}/api/v1/write`,
    `-remoteWrite.tmpDataPath=${join(folder, "vmagent")}`,
  ];
  return startServer("vmagent", args, CONVENTIONS);
}

/**
 * Starts a real vmalert over a store, to which it writes what it records.
 *
 * @param rules paths of rule files.
 * @param alertmanagerUrl where alerts go; without it, nowhere.
 */
export function startVmalert(
  rules: readonly string[],
  storeUrl: string,
  alertmanagerUrl?: string,
): Promise<LocalServer> {
  const args = [
    ...rules.map((file) => `-rule=${file}`),
    `-datasource.url=${storeUrl}`,
    `-remoteWrite.url=${storeUrl}`,
    `-remoteRead.url=${storeUrl}`,
    "-rule.evalDelay=1s",
    // By default it keeps what a rule has recorded for seconds, and rules that read each other wait for it.
    "-remoteWrite.flushInterval=200ms",
    alertmanagerUrl === undefined ? "-notifier.blackhole" : `-notifier.url=${alertmanagerUrl}`,
  ];
  return startServer("vmalert", args, CONVENTIONS);
}

async function ask(url: string, init?: RequestInit): Promise<void> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`VictoriaMetrics: ${response.status} ${await response.text()}`);
}

/** Makes what was written a moment ago visible to queries. */
const flush = (storeUrl: string): Promise<void> => ask(`${storeUrl}/internal/force_flush`);

/** Writes history into a running VictoriaMetrics; it can be queried when this resolves. */
export async function importSeries(storeUrl: string, series: Iterable<Series>): Promise<void> {
  const body = [...formatOpenMetrics(series)].join("");
  await ask(`${storeUrl}/api/v1/import/prometheus`, { method: "POST", body });
  await flush(storeUrl);
}

/** The time that is evaluated again, in seconds since the epoch. */
export interface ReplayPeriod {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Has vmalert evaluate the rules of a file over history and write what they record into the store. What a rule of the
 * file records is not there yet for the others: files that read each other are replayed one after the other.
 */
export async function replayRules(rules: string, storeUrl: string, period: ReplayPeriod): Promise<void> {
  const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const args = [
    `-rule=${rules}`,
    `-datasource.url=${storeUrl}`,
    `-remoteWrite.url=${storeUrl}`,
    `-replay.timeFrom=${moment(period.startSeconds)}`,
    `-replay.timeTo=${moment(period.endSeconds)}`,
    "-replay.rulesDelay=1ms",
    "-replay.disableProgressBar",
  ];
  await runProcess("vmalert", args, {});
  await flush(storeUrl);
}
