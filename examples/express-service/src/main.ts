import { startSimulator } from "@intercom-telemetry/simulator";
import { createApp } from "./app.ts";
import { createIntercom } from "./intercom.ts";
import { startTracing } from "./tracing.ts";

const stopTracing = startTracing();

// Stands in for Intercom, with a gateway that fails now and then. In your service there is no simulator.
const simulator = await startSimulator({
  apps: [{ name: "customers", token: "demo-token" }],
  script: { rules: [{ match: { method: "GET" }, probability: 0.3, action: { kind: "html", status: 502 } }] },
});

const app = createApp(createIntercom(simulator.url, "demo-token"));
const port = Number(process.env.PORT ?? 3000);
const server = app.listen(port, "127.0.0.1", (error) => {
  if (error) throw error;
  console.log(`The service is on http://127.0.0.1:${port}, its metrics on http://127.0.0.1:${port}/metrics`);
});

async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await simulator.close();
  await stopTracing();
  process.exit();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
