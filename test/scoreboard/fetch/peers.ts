import { SpanKind, trace } from "@opentelemetry/api";
import { getNodeAutoInstrumentations } from "@opentelemetry/auto-instrumentations-node";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { registerOTel } from "@vercel/otel";
import type { CreateCandidate } from "./candidates.ts";

const exporter = new InMemorySpanExporter();
const processor = new SimpleSpanProcessor(exporter);
const useOwnProvider = (): void =>
  void trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));

/** `METHOD status`, by the old names of the attributes or the new. */
function toRecord({ attributes }: ReadableSpan): string {
  const method = attributes["http.request.method"] ?? attributes["http.method"];
  const status = attributes["http.response.status_code"] ?? attributes["http.status_code"];
  return `${method} ${status ?? "-"}`;
}

const addressOf = ({ attributes }: ReadableSpan): string =>
  String(attributes["url.full"] ?? attributes["http.url"] ?? "");

/**
 * A peer that is set up once for the process, and writes spans.
 *
 * @param setUp what its documentation says to call.
 */
function spanPeer(setUp: () => void): CreateCandidate {
  let isSetUp = false;
  return (url) => {
    if (!isSetUp) setUp();
    isSetUp = true;
    exporter.reset();
    const read = async () =>
      exporter
        .getFinishedSpans()
        // The simulator's own server is in this process too.
        .filter((span) => span.kind === SpanKind.CLIENT && addressOf(span).startsWith(url))
        .map(toRecord);
    return { fetch: globalThis.fetch, read, detach: () => {} };
  };
}

export const instrumentationUndici: CreateCandidate = spanPeer(() => {
  useOwnProvider();
  new UndiciInstrumentation().enable();
});

export const autoInstrumentations: CreateCandidate = spanPeer(() => {
  useOwnProvider();
  for (const instrumentation of getNodeAutoInstrumentations()) instrumentation.enable();
});

export const vercelOtel: CreateCandidate = spanPeer(() => {
  registerOTel({ serviceName: "scoreboard", spanProcessors: [processor], instrumentations: ["fetch"] });
});
