import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { RecordedRequest } from "../book.ts";

/** Requests from spans, each with the name of its parent where the parent has ended. */
export function withParentNames(
  own: readonly ReadableSpan[],
  all: readonly ReadableSpan[],
  toRequest: (span: ReadableSpan) => RecordedRequest,
): RecordedRequest[] {
  const names = new Map(all.map((span) => [span.spanContext().spanId, span.name]));
  return own.map((span) => {
    const parentId = span.parentSpanContext?.spanId;
    return { ...toRequest(span), parent: parentId === undefined ? undefined : names.get(parentId) };
  });
}

/** What the spans took together. */
export function spanSeconds(spans: readonly ReadableSpan[]): number {
  return spans.reduce((sum, { duration: [seconds, nanoseconds] }) => sum + seconds + nanoseconds / 1e9, 0);
}

/** Everything in the spans that an exporter would send. */
export function spanText(spans: readonly ReadableSpan[]): string {
  return JSON.stringify(
    spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );
}
