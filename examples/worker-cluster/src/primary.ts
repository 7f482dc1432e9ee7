import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { startSimulator } from "@intercom-telemetry/simulator";
import type { AggregatorRegistry, PrometheusContentType } from "prom-client";

const WORKERS = 3;

/** A worker's responses to scrapes are messages as well. */
function waitUntilDone(worker: Worker): Promise<void> {
  return new Promise((resolve) => worker.on("message", (message) => message === "done" && resolve()));
}

/** Serves the metrics of all workers as those of one service, until Ctrl-C or SIGTERM. */
export async function runPrimary(aggregator: AggregatorRegistry<PrometheusContentType>): Promise<void> {
  // Stands in for Intercom. In your service there is no simulator, and no INTERCOM_URL for the workers.
  const simulator = await startSimulator({
    apps: [{ name: "cluster", token: "demo-token", limitPerWindow: 500 }],
  });
  const metrics = await serveMetrics({
    registry: { contentType: aggregator.contentType, metrics: () => aggregator.clusterMetrics() },
    port: Number(process.env.METRICS_PORT ?? 9464),
  });
  const workers = Array.from({ length: WORKERS }, () => cluster.fork({ INTERCOM_URL: simulator.url }));
  await Promise.all(workers.map(waitUntilDone));
  console.log(
    `${WORKERS} workers have made their calls; ${simulator.ledger.entries().length} requests arrived`,
  );
  console.log(`All of them are on ${metrics.url}`);

  async function stop(): Promise<void> {
    const ended = workers.map((worker) => (worker.isDead() ? undefined : once(worker, "exit")));
    for (const worker of workers) worker.disconnect();
    await Promise.all([...ended, metrics.close(), simulator.close()]);
    process.exit();
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}
