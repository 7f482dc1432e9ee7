import { NodeSDK } from "@opentelemetry/sdk-node";

/**
 * Starts OpenTelemetry for metrics. Where they go is said by its own variables: `OTEL_SERVICE_NAME`,
 * `OTEL_RESOURCE_ATTRIBUTES=service.instance.id=...`, which has to differ in each process, and
 * `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT`.
 */
export function startTelemetry(): void {
  process.env.OTEL_METRICS_EXPORTER ??= "otlp";
  new NodeSDK({ spanProcessors: [], logRecordProcessors: [], instrumentations: [] }).start();
}
