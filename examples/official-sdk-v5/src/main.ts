import { instrumentIntercom } from "@intercom-telemetry/axios";
import { startSimulator } from "@intercom-telemetry/simulator";
import { NodeSDK } from "@opentelemetry/sdk-node";
// From an ES module, the class is found through the default export only.
import intercomClient from "intercom-client";
import { register } from "prom-client";

// OTEL_TRACES_EXPORTER=console prints the spans, =otlp sends them to a collector.
process.env.OTEL_TRACES_EXPORTER ??= "none";
const tracing = new NodeSDK({ serviceName: "official-sdk-v5", metricReaders: [], logRecordProcessors: [] });
tracing.start();

// Stands in for Intercom; in your service there is no simulator and no base URL to set.
const simulator = await startSimulator({ apps: [{ name: "demo", token: "demo-token" }] });

const client = new intercomClient.Client({ tokenAuth: { token: "demo-token" } });
client.useRequestOpts({ baseURL: simulator.url });

instrumentIntercom(client.axiosInstance, {
  hosts: [simulator.url],
  registry: register,
  onOutcome: ({ method, urlTemplate, status, error }) => {
    const failure = error ? `${error.code}, retryable: ${error.retryable}` : "ok";
    console.log(`${method} ${urlTemplate}: ${status ?? "no response"} ${failure}`);
  },
});

const contact = { email: "ann@example.com", externalId: "ann" };
const { id } = await client.contacts.createUser(contact);
await client.contacts.find({ id });
// The SDK throws on each of these, as it always did.
await client.contacts.createUser(contact).catch(() => {});
await client.conversations.find({ id: "404" }).catch(() => {});
simulator.revokeToken("demo-token");
await client.admins.list().catch(() => {});

const lines = (await register.metrics()).split("\n");
console.log(lines.filter((line) => /^intercom_client_requests_total.* [1-9]/.test(line)).join("\n"));

await simulator.close();
await tracing.shutdown();
