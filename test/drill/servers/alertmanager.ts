import { renderFiles } from "@intercom-telemetry/dashboards";
import { type LocalServer, startAlertmanager } from "@intercom-telemetry/local-prometheus";
import { parse } from "yaml";
import { CLOCKS, DRILL_CONFIG } from "../time/clocks.ts";
import { scaleDuration } from "../time/scale-rules.ts";

interface Document {
  readonly route: unknown;
  readonly receivers: readonly { readonly name: string }[];
}

const DURATIONS: readonly string[] = ["group_wait", "group_interval", "repeat_interval"];

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
export function startDrillAlertmanager(folder: string, webhookUrl: string): Promise<LocalServer> {
  return startAlertmanager(folder, JSON.stringify(alertmanagerConfig(webhookUrl)));
}
