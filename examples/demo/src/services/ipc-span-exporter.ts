import type { tracing } from "@opentelemetry/sdk-node";
import type { ServiceMessage } from "../messages.ts";

type SpanExporter = tracing.SpanExporter;

/** `ExportResultCode` of OpenTelemetry. */
const [SUCCESS, FAILED] = [0, 1];

/** Hands finished spans to the parent process, as another exporter would to a collector. */
export class IpcSpanExporter implements SpanExporter {
  export: SpanExporter["export"] = (spans, done) => {
    const records = spans.map((span) => ({
      spanId: span.spanContext().spanId,
      attributes: span.attributes,
    }));
    const message: ServiceMessage = { kind: "spans", spans: records };
    process.send?.(message, undefined, {}, (error) =>
      done(error ? { code: FAILED, error } : { code: SUCCESS }),
    );
  };

  async shutdown(): Promise<void> {}
}
