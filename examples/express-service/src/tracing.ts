import { NodeSDK } from "@opentelemetry/sdk-node";

/** How long the last spans may take to leave when the service stops; a collector that is down must not hold it up. */
const LONGEST_FLUSH_SECONDS = 2;

/**
 * Starts OpenTelemetry, set up by its own variables: `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318` sends spans to
 * a collector, `OTEL_TRACES_EXPORTER=console` prints them. Without either there is no exporter, and no noise about a
 * collector that is not there.
 *
 * @returns a function that sends off the last spans.
 */
export function startTracing(): () => Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SERVICE_NAME } = process.env;
  const collector = OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  process.env.OTEL_TRACES_EXPORTER ??= collector ? "otlp" : "none";
  const serviceName = OTEL_SERVICE_NAME ?? "customers";
  // Metrics are Prometheus' business here.
  const sdk = new NodeSDK({ serviceName, metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  return async () => {
    const flushed = sdk.shutdown().catch((error: unknown) => console.error("spans were lost:", error));
    const timeUp = new Promise((resolve) => setTimeout(resolve, LONGEST_FLUSH_SECONDS * 1000).unref());
    await Promise.race([flushed, timeUp]);
  };
}
