import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { Scenario } from "./scenario.ts";

/** The OpenTelemetry SDK of a service, the same whichever tool is used. */
export interface Telemetry {
  /** Whether spans are recorded at all in this scenario. */
  readonly recordsSpans: boolean;
  readonly meterProvider: MeterProvider;
  /** Finished spans. */
  spans(): ReadableSpan[];
  /** All metrics as an exporter gets them. */
  metrics(): Promise<ResourceMetrics[]>;
}

/** Registers context manager, propagator and tracer provider globally, as `@opentelemetry/sdk-node` does. */
export function registerTelemetry(tracing: Scenario["tracing"] = "recording"): Telemetry {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: metrics })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const spanProcessors = [new SimpleSpanProcessor(spans)];
  const sampler = tracing === "sampledOut" ? { sampler: new AlwaysOffSampler() } : {};
  if (tracing !== "none")
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors, ...sampler }));
  return {
    recordsSpans: tracing === "recording",
    meterProvider,
    spans: () => spans.getFinishedSpans(),
    async metrics() {
      await meterProvider.forceFlush();
      return metrics.getMetrics().slice(-1);
    },
  };
}
