import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { onTestFinished } from "vitest";

/** How the SDK is set up. */
export interface TracingOptions {
  readonly sampler?: Sampler;
  /** Default true: async context follows the code, as sdk-node sets it up. */
  readonly contextManager?: boolean;
}

/** A registered OpenTelemetry SDK whose finished spans stay in memory. */
export interface Tracing {
  /** Finished spans, in the order in which they ended. */
  spans(): ReadableSpan[];
}

/** Registers a real SDK as the global one; it is taken away when the test ends. */
export function startTracing({ sampler, contextManager = true }: TracingOptions = {}): Tracing {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    ...(sampler ? { sampler } : {}),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  trace.setGlobalTracerProvider(provider);
  if (contextManager) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  onTestFinished(async () => {
    trace.disable();
    context.disable();
    propagation.disable();
    await provider.shutdown();
  });
  return { spans: () => exporter.getFinishedSpans() };
}
