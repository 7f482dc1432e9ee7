import { explainIntercomError, instrumentGlobalFetch } from "@intercom-telemetry/fetch";
import { startSimulator } from "@intercom-telemetry/simulator";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { IntercomClient } from "intercom-client";
import { register } from "prom-client";

// OTEL_TRACES_EXPORTER=console prints the spans, =otlp sends them to a collector.
process.env.OTEL_TRACES_EXPORTER ??= "none";
const tracing = new NodeSDK({ serviceName: "official-sdk-v6", metricReaders: [], logRecordProcessors: [] });
tracing.start();

// Stands in for Intercom; in your service there is no simulator, no `baseUrl` and no `hosts`.
const simulator = await startSimulator({
  script: { rules: [{ match: { path: "/tags" }, sequence: [{ kind: "html", status: 502 }] }] },
});

// Version 6 takes no fetch: it calls the global one. Requests to other hosts are not recorded.
instrumentGlobalFetch({
  hosts: [simulator.url],
  registry: register,
  onOutcome: ({ method, urlTemplate, status, error, retryCount }) => {
    const result = error ? `${error.code}, retryable: ${error.retryable}` : "ok";
    const attempt = retryCount > 0 ? ` (retry ${retryCount})` : "";
    console.log(`${method} ${urlTemplate}: ${status ?? "no response"} ${result}${attempt}`);
  },
});

const client = new IntercomClient({ token: "demo-token", baseUrl: simulator.url });
const explain = (error: unknown): void => console.log(explainIntercomError(error).line);

const contact = { email: "ann@example.com", external_id: "ann" };
await client.contacts.create(contact);
// The SDK retries this one by itself, after about a second.
await client.tags.list();
// And throws on each of these, as it always did.
await client.contacts.create(contact).catch(explain);
await client.conversations.find({ conversation_id: "404" }).catch(explain);

const lines = (await register.metrics()).split("\n");
console.log(lines.filter((line) => /^intercom_client_requests_total.* [1-9]/.test(line)).join("\n"));

await simulator.close();
await tracing.shutdown();
