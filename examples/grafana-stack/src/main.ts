import { serveMetrics } from "@intercom-telemetry/exporter";
import { startSimulator } from "@intercom-telemetry/simulator";
import { FAULTS } from "./faults.ts";
import { createIntercom, createRegistry } from "./intercom.ts";
import { startTracing } from "./tracing.ts";
import { startTraffic } from "./traffic.ts";

const TOKEN = "demo-token";
const { INTERCOM_PORT = "4010", METRICS_HOST = "127.0.0.1", METRICS_PORT = "9464" } = process.env;
const ROUND_SECONDS = Number(process.env.ROUND_SECONDS ?? 2);

const stopTracing = startTracing();

// Stands in for Intercom. In your service there is no simulator.
const simulator = await startSimulator({
  port: Number(INTERCOM_PORT),
  apps: [{ name: "shop", token: TOKEN, limitPerWindow: 120 }],
  latency: { minSeconds: 0.02, maxSeconds: 0.3 },
  script: FAULTS,
});

const registry = createRegistry();
const intercom = createIntercom(simulator.url, TOKEN, registry);
// In the container other containers must reach it, and nobody else can: the port is published on loopback only.
const insecure = METRICS_HOST !== "127.0.0.1";
const metrics = await serveMetrics({ registry, host: METRICS_HOST, port: Number(METRICS_PORT), insecure });
const stopTraffic = startTraffic(intercom, ROUND_SECONDS);
console.log(`The shop calls ${simulator.url}; its metrics are on ${metrics.url}`);

async function stop(): Promise<void> {
  await Promise.race([stopTraffic(), new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
  await Promise.all([metrics.close(), simulator.close()]);
  await stopTracing();
  process.exit();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
