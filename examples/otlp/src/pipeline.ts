import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DashboardsConfig, renderFiles } from "@intercom-telemetry/dashboards";
import {
  type LocalServer,
  startAlertmanager,
  startVictoriaMetrics,
  startVmalert,
} from "@intercom-telemetry/local-prometheus";
import { parse, stringify } from "yaml";

/** The shipped rules at the pace of a visit: shorter intervals, and an alert that does not wait. */
const VISIT: DashboardsConfig = {
  scrapeIntervalSeconds: 1,
  evaluationIntervalSeconds: 1,
  alerts: { IntercomClientUnauthorized: { for: "0s" } },
};

interface AlertmanagerFile {
  readonly route: { readonly routes: readonly [{ group_wait: string; group_interval: string }] };
  readonly receivers: readonly { readonly name: string }[];
}

/** The shipped routes, with a receiver that has an address. */
function writeRoutes(receiverUrl: string): string {
  const [shipped] = renderFiles(VISIT, ["alertmanager"]);
  const file: AlertmanagerFile = parse(shipped?.content ?? "");
  const [own] = file.route.routes;
  own.group_wait = "0s";
  own.group_interval = "1s";
  const webhook_configs = [{ url: receiverUrl }];
  return stringify({ ...file, receivers: file.receivers.map(({ name }) => ({ name, webhook_configs })) });
}

function writeRules(folder: string): readonly string[] {
  return renderFiles(VISIT, ["prometheus"]).map(({ path, content }) => {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    return file;
  });
}

/** Starts everything behind the service: store, rules, alerts. */
export async function startPipeline(folder: string, receiverUrl: string): Promise<LocalServer> {
  const relabel = fileURLToPath(new URL("../relabel.yaml", import.meta.url));
  const store = await startVictoriaMetrics(folder, [`-relabelConfig=${relabel}`]);
  const alertmanager = await startAlertmanager(folder, writeRoutes(receiverUrl));
  await startVmalert(writeRules(folder), store.url, alertmanager.url);
  return store;
}
