/** Serves 2,000 series behind a bearer token and prints the address: `attack-server.ts <token hash>`. */
import { serveMetrics } from "@intercom-telemetry/exporter";
import { Counter, Registry } from "prom-client";

const registry = new Registry();
const counter = new Counter({
  name: "jobs_total",
  help: "Jobs.",
  labelNames: ["kind"],
  registers: [registry],
});
for (let index = 0; index < 2000; index += 1) counter.inc({ kind: `kind-${index}` });
const tokenHash = process.argv[2] ?? "";
const { url } = await serveMetrics({ registry, port: 0, auth: { scheme: "bearer", tokenHash } });
console.log(url);
