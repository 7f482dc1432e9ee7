import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { metrics, NodeSDK, resources, tracing } from "@opentelemetry/sdk-node";
import { IpcSpanExporter } from "./ipc-span-exporter.ts";

/** How long an idle batch of spans waits. */
const EXPORT_DELAY_MILLISECONDS = 500;
/** As often as the screen is drawn. */
const METRICS_INTERVAL_MILLISECONDS = 1000;

/** OpenTelemetry in a service. */
export interface Telemetry {
  /** Sends off everything that is recorded. */
  flush(): Promise<void>;
}

function createReader(storeUrl: string): metrics.PeriodicExportingMetricReader {
  return new metrics.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${storeUrl}/opentelemetry/v1/metrics` }),
    exportIntervalMillis: METRICS_INTERVAL_MILLISECONDS,
    exportTimeoutMillis: METRICS_INTERVAL_MILLISECONDS,
  });
}

/**
 * Starts the SDK: spans go to the demo, metrics over OTLP to the store.
 *
 * @param storeUrl `undefined` where metrics are scraped.
 */
export function startTelemetry(serviceName: string, storeUrl: string | undefined): Telemetry {
  const scheduledDelayMillis = EXPORT_DELAY_MILLISECONDS;
  const spans = new tracing.BatchSpanProcessor(new IpcSpanExporter(), { scheduledDelayMillis });
  const readers = storeUrl === undefined ? [] : [createReader(storeUrl)];
  new NodeSDK({
    serviceName,
    // Without it all processes of a service would write the same series.
    resource: resources.resourceFromAttributes({ "service.instance.id": `${serviceName}-1` }),
    autoDetectResources: false,
    spanProcessors: [spans],
    metricReaders: readers,
    logRecordProcessors: [],
    instrumentations: [],
  }).start();
  return {
    async flush() {
      await Promise.all([spans.forceFlush(), ...readers.map((reader) => reader.forceFlush())]);
    },
  };
}
