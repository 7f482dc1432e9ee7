import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type DashboardsConfig, renderFiles } from "@intercom-telemetry/dashboards";
import { type LocalServer, startVictoriaMetrics, startVmalert } from "@intercom-telemetry/local-prometheus";
import { parse } from "yaml";

/** The shipped rules by region and cluster, at the pace of a visit. */
function visitConfig(): DashboardsConfig {
  const file = new URL("../intercom-telemetry.yaml", import.meta.url);
  const { dashboards } = parse(readFileSync(file, "utf8")) as { readonly dashboards: DashboardsConfig };
  const alerts = { IntercomClientUnauthorized: { for: "0s" } };
  return { ...dashboards, scrapeIntervalSeconds: 1, evaluationIntervalSeconds: 1, alerts };
}

/** A store that keeps one sample of each interval, and an engine that evaluates the rules over all regions. */
export async function startStore(folder: string): Promise<readonly [store: LocalServer, rules: LocalServer]> {
  const store = await startVictoriaMetrics(folder, ["-dedup.minScrapeInterval=1s"]);
  const files = renderFiles(visitConfig(), ["prometheus"]).map(({ path, content }) => {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    return file;
  });
  return [store, await startVmalert(files, store.url)];
}
