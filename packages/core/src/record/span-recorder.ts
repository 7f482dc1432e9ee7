import type { Attributes, Context, Span } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Outcome } from "../classify/index.ts";
import { redactUrl } from "../classify/index.ts";
import { ATTRIBUTES, OTHER_METHOD } from "../contract/index.ts";
import type { Recorder, Recording, RequestStart, TraceReference } from "./recorder.ts";
import { isTracingSuppressed, suppressTracing } from "./suppression.ts";
import { createTracerSource } from "./tracer.ts";

/** How spans are made. */
export interface SpanRecorderOptions {
  /** Make the HTTP instrumentation below us stay silent instead of nesting its span under ours. */
  readonly suppressHttpSpans: boolean;
  /** Statuses from 400 that are no error to this user. */
  readonly expectedStatuses: ReadonlySet<number>;
}

const SAMPLED = 1;

function spanName({ description: { method, documented, template } }: RequestStart): string {
  const shown = method === OTHER_METHOD ? "HTTP" : method;
  return documented ? `${shown} ${template}` : shown;
}

function startAttributes(request: RequestStart): Attributes {
  const { client, description, target, attempt, apiVersion, delay } = request;
  const attributes: Attributes = {
    [ATTRIBUTES.method.name]: description.method,
    [ATTRIBUTES.serverAddress.name]: target.address,
    [ATTRIBUTES.serverPort.name]: target.port,
    [ATTRIBUTES.url.name]: redactUrl(target, description.documented),
    [ATTRIBUTES.client.name]: client,
  };
  if (description.documented) attributes[ATTRIBUTES.urlTemplate.name] = description.template;
  if (apiVersion !== undefined) attributes[ATTRIBUTES.apiVersion.name] = apiVersion;
  if (attempt > 1) attributes[ATTRIBUTES.retryCount.name] = attempt - 1;
  if (delay) {
    attributes[ATTRIBUTES.retryDelay.name] = delay.seconds;
    attributes[ATTRIBUTES.retryReason.name] = delay.reason;
  }
  return attributes;
}

function writeAnswer(span: Span, { status, requestId, rateLimit }: Outcome): void {
  if (status !== undefined) span.setAttribute(ATTRIBUTES.status.name, status);
  if (requestId !== undefined) span.setAttribute(ATTRIBUTES.requestId.name, requestId);
  if (!rateLimit) return;
  const { limit, remaining, resetEpochSeconds } = rateLimit;
  if (limit !== undefined) span.setAttribute(ATTRIBUTES.rateLimit.name, limit);
  if (remaining !== undefined) span.setAttribute(ATTRIBUTES.rateLimitRemaining.name, remaining);
  if (resetEpochSeconds !== undefined) span.setAttribute(ATTRIBUTES.rateLimitReset.name, resetEpochSeconds);
}

function writeError(span: Span, { status, error, canceled }: Outcome, expected: ReadonlySet<number>): void {
  if (!error) return;
  span.setAttribute(ATTRIBUTES.errorCode.name, error.rawCode);
  span.setAttribute(ATTRIBUTES.errorCategory.name, error.category);
  span.setAttribute(ATTRIBUTES.retryable.name, error.retryable);
  if (canceled || (status !== undefined && expected.has(status))) return;
  span.setAttribute(ATTRIBUTES.errorType.name, status === undefined ? error.code : String(status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A request with a span. */
export class SpanRecording implements Recording {
  readonly #span: Span;
  readonly #expectedStatuses: ReadonlySet<number>;
  /** In force while the request is on the wire: what the transport starts becomes a child of the span. */
  readonly context: Context;
  /** The same without suppression: what may be sent to the other side as trace context. */
  readonly propagationContext: Context;
  /** Present when the span is sampled. */
  readonly trace: TraceReference | undefined;

  constructor(span: Span, parent: Context, options: SpanRecorderOptions) {
    this.#span = span;
    this.#expectedStatuses = options.expectedStatuses;
    this.propagationContext = trace.setSpan(parent, span);
    this.context = options.suppressHttpSpans
      ? suppressTracing(this.propagationContext)
      : this.propagationContext;
    const spanContext = span.spanContext();
    this.trace = spanContext.traceFlags & SAMPLED ? spanContext : undefined;
  }

  finish(outcome: Outcome): void {
    try {
      if (this.#span.isRecording()) {
        writeAnswer(this.#span, outcome);
        writeError(this.#span, outcome, this.#expectedStatuses);
      }
    } finally {
      this.#span.end();
    }
  }

  /** A span that is never ended is never exported. */
  abandon(): void {}
}

/** Writes one CLIENT span for each request, through whatever SDK the user has registered. */
export class SpanRecorder implements Recorder {
  readonly #options: SpanRecorderOptions;
  readonly #currentTracer = createTracerSource();

  constructor(options: SpanRecorderOptions) {
    this.#options = options;
  }

  /** `undefined` when a span would go nowhere: no SDK is registered, or the caller is under suppressed tracing. */
  start(request: RequestStart): SpanRecording | undefined {
    const tracer = this.#currentTracer();
    if (!tracer) return undefined;
    const parent = context.active();
    if (isTracingSuppressed(parent)) return undefined;
    const span = tracer.startSpan(
      spanName(request),
      { kind: SpanKind.CLIENT, attributes: startAttributes(request) },
      parent,
    );
    return new SpanRecording(span, parent, this.#options);
  }
}
