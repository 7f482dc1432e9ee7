import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderFiles } from "@intercom-telemetry/dashboards";
import { parse } from "yaml";
import { CLOCKS, DRILL_CONFIG } from "../time/clocks.ts";
import { scaleDuration } from "../time/scale-rules.ts";
import { waitUntil } from "../time/wait-until.ts";
import { findFreePort, startProcess } from "./child-process.ts";

/** A running Alertmanager. */
export interface DrillAlertmanager {
  readonly port: number;
  /** Rejects when it ends by itself. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

interface Document {
  readonly route: unknown;
  readonly receivers: readonly { readonly name: string }[];
}

const DURATIONS: readonly string[] = ["group_wait", "group_interval", "repeat_interval"];
const LONGEST_START_SECONDS = 60;

/** The shipped routes with their durations scaled, and the shipped inhibitions; every receiver calls the webhook. */
function alertmanagerConfig(webhookUrl: string): unknown {
  const [file] = renderFiles(DRILL_CONFIG, ["alertmanager"]);
  const shipped = parse(file?.content ?? "", (key, value: unknown) =>
    DURATIONS.includes(String(key)) ? scaleDuration(String(value), CLOCKS.minutes.factor) : value,
  ) as Document;
  const webhook_configs = [{ url: webhookUrl, send_resolved: true }];
  return { ...shipped, receivers: shipped.receivers.map(({ name }) => ({ name, webhook_configs })) };
}

/** Starts a real Alertmanager with the shipped configuration and waits until it is ready. */
export async function startAlertmanager(folder: string, webhookUrl: string): Promise<DrillAlertmanager> {
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, JSON.stringify(alertmanagerConfig(webhookUrl)));
  const port = await findFreePort();
  const server = startProcess("prometheus-alertmanager", [
    `--config.file=${file}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ]);
  const isReady = async (): Promise<true | undefined> =>
    (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined))?.ok ? true : undefined;
  await Promise.race([waitUntil("Alertmanager is ready", LONGEST_START_SECONDS, isReady), server.died]);
  return { port, died: server.died, stop: () => server.stop() };
}
