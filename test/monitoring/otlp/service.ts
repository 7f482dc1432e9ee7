/**
 * A service that is measured twice: `service.ts <Intercom> <port> <rounds> <pause> <store>...`. The same attempts go into a prom-client registry
 * and, through the SDK of OpenTelemetry, over OTLP to each store and to the SDK's own Prometheus exporter. It calls
 * Intercom, says "done", and stays until it is told to end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { intercomFetch } from "@intercom-telemetry/fetch";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { NodeSDK } from "@opentelemetry/sdk-node";
import axios from "axios";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";

const [, , intercomUrl = "", exporterPort = "", rounds = "", pause = "", ...stores] = process.argv;
const SECOND_MILLISECONDS = 1000;
const TOKEN = "otlp-token";

const toStore = (url: string): PeriodicExportingMetricReader =>
  new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${url}/opentelemetry/v1/metrics` }),
    exportIntervalMillis: SECOND_MILLISECONDS,
    exportTimeoutMillis: SECOND_MILLISECONDS,
  });

const exporter = new PrometheusExporter({ host: "127.0.0.1", port: Number(exporterPort) });
const sdk = new NodeSDK({
  metricReaders: [exporter, ...stores.map(toStore)],
  spanProcessors: [],
  logRecordProcessors: [],
  instrumentations: [],
});
sdk.start();

const registry = new Registry();
const options = { registry, meter: true, hosts: [intercomUrl] };
const headers = { Authorization: `Bearer ${TOKEN}` };
const intercom = axios.create({ baseURL: intercomUrl, headers, timeout: 10_000 });
axiosRetry(intercom, intercomRetry({ hosts: [intercomUrl] }));
instrumentIntercom(intercom, { ...options, client: "orders" });
const request = intercomFetch({ ...options, client: "bot", durationPerOperation: false });

const call = async (path: string, init: RequestInit = {}): Promise<void> => {
  const response = await request(`${intercomUrl}${path}`, {
    ...init,
    headers: { ...headers, "Content-Type": "application/json" },
  });
  await response.text();
};
const query = JSON.stringify({ query: { field: "role", operator: "=", value: "user" } });

const { url } = await serveMetrics({ registry, port: 0 });
process.stderr.write(`metrics at ${url}\n`);

// Series that are known at the start are born in every store before the first call.
await sleep(2 * SECOND_MILLISECONDS);
for (let round = 0; round < Number(rounds); round++) {
  await Promise.allSettled([
    intercom.get("/me"),
    intercom.get("/contacts/5f0c1b2a3d4e5f6071829304"),
    intercom.post("/contacts", { role: "customer" }),
    intercom.get("/no/such/operation"),
    intercom.get("/tags"),
    call("/contacts/search", { method: "POST", body: query }),
    call("/admins"),
  ]);
  await sleep(Number(pause));
}
process.stderr.write("done\n");
process.once("SIGTERM", () => void sdk.shutdown().finally(() => process.exit()));
