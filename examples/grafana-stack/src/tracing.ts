import { NodeSDK } from "@opentelemetry/sdk-node";

/** How long the last spans may take to leave when the service stops. */
const LONGEST_FLUSH_SECONDS = 2;

/**
 * Sends spans over OTLP to where `OTEL_EXPORTER_OTLP_ENDPOINT` says (default http://localhost:4318).
 *
 * @returns a function that sends off the last spans.
 */
export function startTracing(): () => Promise<void> {
  // Metrics are Prometheus' business here.
  const sdk = new NodeSDK({ serviceName: "shop", metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  return async () => {
    const flushed = sdk.shutdown().catch((error: unknown) => console.error("spans were lost:", error));
    const timeUp = new Promise((resolve) => setTimeout(resolve, LONGEST_FLUSH_SECONDS * 1000).unref());
    await Promise.race([flushed, timeUp]);
  };
}
