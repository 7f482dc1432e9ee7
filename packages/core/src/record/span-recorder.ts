import type { Attributes, Context, Span } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Outcome } from "../classify/index.ts";
import { redactUrl } from "../classify/index.ts";
import { ATTRIBUTES, OTHER_METHOD } from "../contract/index.ts";
import type { Attempt, Recorder, TraceReference } from "./recorder.ts";
import { isTracingSuppressed, suppressTracing } from "./suppression.ts";
import { createTracerSource } from "./tracer.ts";

/** How spans are made. */
export interface SpanRecorderOptions {
  /** Make the HTTP instrumentation below us stay silent instead of nesting its span under ours. */
  readonly suppressHttpSpans: boolean;
  /** Statuses from 400 that are no error to this user. */
  readonly expectedStatuses: ReadonlySet<number>;
}

/** The span of one attempt. */
interface AttemptSpan {
  readonly span: Span;
  /** The caller's context with the span in it. */
  readonly context: Context;
}

const SAMPLED = 1;

function spanName({ operation: { method, documented, template } }: Attempt): string {
  const shown = method === OTHER_METHOD ? "HTTP" : method;
  return documented ? `${shown} ${template}` : shown;
}

function startAttributes(attempt: Attempt): Attributes {
  const { client, operation, target, retryCount, apiVersion, delay } = attempt;
  const attributes: Attributes = {
    [ATTRIBUTES.method.name]: operation.method,
    [ATTRIBUTES.serverAddress.name]: target.address,
    [ATTRIBUTES.serverPort.name]: target.port,
    [ATTRIBUTES.url.name]: redactUrl(target, operation.documented),
    [ATTRIBUTES.client.name]: client,
  };
  if (operation.documented) attributes[ATTRIBUTES.urlTemplate.name] = operation.template;
  if (apiVersion !== undefined) attributes[ATTRIBUTES.apiVersion.name] = apiVersion;
  if (retryCount > 0) attributes[ATTRIBUTES.retryCount.name] = retryCount;
  if (delay) {
    attributes[ATTRIBUTES.retryDelay.name] = delay.seconds;
    attributes[ATTRIBUTES.retryReason.name] = delay.reason;
  }
  return attributes;
}

function addResponse(attributes: Attributes, { status, requestId, rateLimit }: Outcome): void {
  if (status !== undefined) attributes[ATTRIBUTES.status.name] = status;
  if (requestId !== undefined) attributes[ATTRIBUTES.requestId.name] = requestId;
  if (!rateLimit) return;
  const { limit, remaining, resetEpochSeconds } = rateLimit;
  if (limit !== undefined) attributes[ATTRIBUTES.rateLimit.name] = limit;
  if (remaining !== undefined) attributes[ATTRIBUTES.rateLimitRemaining.name] = remaining;
  if (resetEpochSeconds !== undefined) attributes[ATTRIBUTES.rateLimitReset.name] = resetEpochSeconds;
}

/** Another host's failure is no error of Intercom's: its span has the status and no `intercom.error.*`. */
function addError(attributes: Attributes, { error, fromOtherHost }: Outcome): void {
  if (!error || fromOtherHost) return;
  attributes[ATTRIBUTES.errorCode.name] = error.rawCode;
  attributes[ATTRIBUTES.errorCategory.name] = error.category;
  attributes[ATTRIBUTES.retryable.name] = error.retryable;
}

/** Makes one CLIENT span for each attempt, through the OpenTelemetry SDK that the user has registered. */
export class SpanRecorder implements Recorder<AttemptSpan | undefined> {
  readonly stage = "span";
  readonly #suppressHttpSpans: boolean;
  readonly #expectedStatuses: ReadonlySet<number>;
  readonly #currentTracer = createTracerSource();

  constructor({ suppressHttpSpans, expectedStatuses }: SpanRecorderOptions) {
    this.#suppressHttpSpans = suppressHttpSpans;
    this.#expectedStatuses = expectedStatuses;
  }

  /** Whether an SDK is registered. */
  get isActive(): boolean {
    return this.#currentTracer() !== undefined;
  }

  /** `undefined` when a span would go nowhere: no SDK is registered, or the caller is under suppressed tracing. */
  start(attempt: Attempt): AttemptSpan | undefined {
    const tracer = this.#currentTracer();
    if (!tracer) return undefined;
    const parent = context.active();
    if (isTracingSuppressed(parent)) return undefined;
    const options = { kind: SpanKind.CLIENT, attributes: startAttributes(attempt) };
    const span = tracer.startSpan(spanName(attempt), options, parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  contextOf(state: AttemptSpan | undefined): Context | undefined {
    return state && (this.#suppressHttpSpans ? suppressTracing(state.context) : state.context);
  }

  propagationContextOf(state: AttemptSpan | undefined): Context | undefined {
    return state?.context;
  }

  traceOf(state: AttemptSpan | undefined): TraceReference | undefined {
    const spanContext = state?.span.spanContext();
    return spanContext && spanContext.traceFlags & SAMPLED ? spanContext : undefined;
  }

  finish(outcome: Outcome, state: AttemptSpan | undefined, { endedMilliseconds }: Attempt): void {
    if (!state) return;
    const { span } = state;
    try {
      if (span.isRecording()) this.#write(span, outcome);
    } finally {
      span.end(endedMilliseconds);
    }
  }

  #write(span: Span, outcome: Outcome): void {
    const { status, error, canceled } = outcome;
    const attributes: Attributes = {};
    addResponse(attributes, outcome);
    addError(attributes, outcome);
    const isExpected = canceled || (status !== undefined && this.#expectedStatuses.has(status));
    if (error && !isExpected) {
      attributes[ATTRIBUTES.errorType.name] = status === undefined ? error.code : String(status);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.setAttributes(attributes);
  }
}
