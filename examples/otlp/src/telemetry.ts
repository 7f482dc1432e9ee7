import { NodeSDK } from "@opentelemetry/sdk-node";

/**
 * Starts OpenTelemetry for metrics. Where they go, how often and who sends them is said by its own variables:
 *
 * - `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT`, here VictoriaMetrics;
 * - `OTEL_METRIC_EXPORT_INTERVAL`, in milliseconds; the default of a minute is too long for rates over five minutes;
 * - `OTEL_SERVICE_NAME`, which becomes `job`;
 * - `OTEL_RESOURCE_ATTRIBUTES=service.instance.id=...`, which becomes `instance` and has to differ in each process.
 *
 * @returns a function that sends off the last numbers.
 */
export function startTelemetry(): () => Promise<void> {
  process.env.OTEL_METRICS_EXPORTER ??= "otlp";
  const sdk = new NodeSDK({ spanProcessors: [], logRecordProcessors: [], instrumentations: [] });
  sdk.start();
  return () => sdk.shutdown();
}
