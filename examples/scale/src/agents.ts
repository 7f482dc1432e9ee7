import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalServer, startPrometheusAgent, startVmagent } from "@intercom-telemetry/local-prometheus";
import { parse } from "yaml";
import type { Region } from "./region.ts";

/** The part of an agent's file that is of this machine here. */
interface AgentFile {
  readonly global: { readonly external_labels: Readonly<Record<string, string>> };
  readonly scrape_configs: readonly Readonly<Record<string, unknown>>[];
  readonly remote_write?: readonly Readonly<Record<string, unknown>>[];
}

const SCRAPE_INTERVAL = "1s";

/** The file as it is shipped, with the addresses of this machine and shorter intervals. */
function readAgentFile(name: string, { region, cluster, targets }: Region, storeUrl: string): AgentFile {
  const file: AgentFile = parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
  const { external_labels } = file.global;
  if (external_labels.cloud_region !== region || external_labels.cluster !== cluster) {
    throw new Error(`${name}: expected the labels of ${region} ${cluster}`);
  }
  return {
    ...file,
    global: { ...file.global, ...{ scrape_interval: SCRAPE_INTERVAL } },
    scrape_configs: file.scrape_configs.map((job) => ({ ...job, static_configs: [{ targets }] })),
    ...(file.remote_write && {
      remote_write: file.remote_write.map((each) => ({
        ...each,
        url: `${storeUrl}/api/v1/write`,
        queue_config: { batch_send_deadline: SCRAPE_INTERVAL },
      })),
    }),
  };
}

/** Two agents of the same kind that scrape the same processes. */
export async function startPair(
  folder: string,
  kind: "vmagent" | "prometheus-agent",
  region: Region,
  storeUrl: string,
): Promise<readonly LocalServer[]> {
  const config = readAgentFile(`${kind}.yaml`, region, storeUrl);
  const start = (replica: string): Promise<LocalServer> => {
    const own = join(folder, `${kind}-${replica}`);
    mkdirSync(own);
    return kind === "vmagent" ? startVmagent(own, config, storeUrl) : startPrometheusAgent(own, config);
  };
  return Promise.all(["a", "b"].map(start));
}
