import { instrumentIntercom } from "@intercom-telemetry/axios";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import axios from "axios";
import { Registry } from "prom-client";

/** A region with its cluster: an Intercom app, and processes that call it. */
export interface Region {
  readonly region: string;
  readonly cluster: string;
  readonly simulator: Simulator;
  /** Where each process serves its metrics, `host:port`. */
  readonly targets: readonly string[];
  /** Lets each process make one call; those that fail are part of it. */
  call(): Promise<void>;
  close(): Promise<void>;
}

const PROCESSES = 2;

export const TOKEN = "scale-token";

/** One process: its client, its registry and its metrics page. */
async function startProcess(intercomUrl: string) {
  const registry = new Registry();
  const intercom = axios.create({
    baseURL: intercomUrl,
    headers: { Authorization: `Bearer ${TOKEN}` },
    validateStatus: () => true,
  });
  instrumentIntercom(intercom, { client: "orders", hosts: [intercomUrl], registry });
  const metrics = await serveMetrics({ registry, port: 0 });
  return { intercom, metrics };
}

/** Starts a region on this machine. */
export async function startRegion(region: string, cluster: string): Promise<Region> {
  const simulator = await startSimulator({ apps: [{ name: region, token: TOKEN }] });
  const processes = await Promise.all(Array.from({ length: PROCESSES }, () => startProcess(simulator.url)));
  return {
    region,
    cluster,
    simulator,
    targets: processes.map(({ metrics }) => `127.0.0.1:${metrics.port}`),
    async call() {
      await Promise.all(processes.map(({ intercom }) => intercom.get("/me")));
    },
    async close() {
      await Promise.all(processes.map(({ metrics }) => metrics.close()));
      await simulator.close();
    },
  };
}
