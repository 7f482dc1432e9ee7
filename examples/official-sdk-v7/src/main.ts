import { explainIntercomError, intercomFetch } from "@intercom-telemetry/fetch";
import { startSimulator } from "@intercom-telemetry/simulator";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { IntercomClient } from "intercom-client";
import { register } from "prom-client";

// OTEL_TRACES_EXPORTER=console prints the spans, =otlp sends them to a collector.
process.env.OTEL_TRACES_EXPORTER ??= "none";
const tracing = new NodeSDK({ serviceName: "official-sdk-v7", metricReaders: [], logRecordProcessors: [] });
tracing.start();

// Stands in for Intercom; in your service there is no simulator, no `baseUrl` and no `hosts`.
const simulator = await startSimulator({
  windowSeconds: 1,
  script: { rules: [{ match: { path: "/tags" }, sequence: [{ kind: "rate_limited", by: "window" }] }] },
});

const client = new IntercomClient({
  token: "demo-token",
  baseUrl: simulator.url,
  fetch: intercomFetch({
    hosts: [simulator.url],
    registry: register,
    // Replaces the SDK's own retries, which wait for the window after any failure.
    retry: { windowSeconds: 1 },
    onOutcome: ({ method, urlTemplate, status, error, retryCount }) => {
      const result = error ? `${error.code}, retryable: ${error.retryable}` : "ok";
      const attempt = retryCount > 0 ? ` (retry ${retryCount})` : "";
      console.log(`${method} ${urlTemplate}: ${status ?? "no response"} ${result}${attempt}`);
    },
  }),
  maxRetries: 0,
  // At least the deadline of a call with its retries, which is 60 s.
  timeoutInSeconds: 60,
});

const explain = (error: unknown): void => console.log(explainIntercomError(error).line);

const contact = { email: "ann@example.com", external_id: "ann" };
await client.contacts.create(contact);
await client.tags.list();
// The SDK throws on each of these, as it always did.
await client.contacts.create(contact).catch(explain);
await client.conversations.find({ conversation_id: "404" }).catch(explain);

const lines = (await register.metrics()).split("\n");
console.log(lines.filter((line) => /^intercom_client_requests_total.* [1-9]/.test(line)).join("\n"));

await simulator.close();
await tracing.shutdown();
