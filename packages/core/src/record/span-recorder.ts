import type { Attributes, Context, Span } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Outcome } from "../classify/index.ts";
import { redactUrl } from "../classify/index.ts";
import { ATTRIBUTE_NAMES } from "../contract/attribute-names.ts";
import { OTHER_METHOD } from "../contract/index.ts";
import { forceFlush } from "./flush.ts";
import type { Attempt, Recorder, TraceReference } from "./recorder.ts";
import { isTracingSuppressed, suppressTracing } from "./suppression.ts";
import { createTracerSource, registeredTracerProvider } from "./tracer.ts";

/** How spans are made. */
export interface SpanRecorderOptions {
  /** Make the HTTP instrumentation below us stay silent instead of nesting its span under ours. */
  readonly suppressHttpSpans: boolean;
  /** Statuses from 400 that are not an error to this user. */
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
    [ATTRIBUTE_NAMES.method]: operation.method,
    [ATTRIBUTE_NAMES.serverAddress]: target.address,
    [ATTRIBUTE_NAMES.serverPort]: target.port,
    [ATTRIBUTE_NAMES.url]: redactUrl(target, operation.documented),
    [ATTRIBUTE_NAMES.client]: client,
  };
  if (operation.documented) attributes[ATTRIBUTE_NAMES.urlTemplate] = operation.template;
  if (apiVersion !== undefined) attributes[ATTRIBUTE_NAMES.apiVersion] = apiVersion;
  if (retryCount > 0) attributes[ATTRIBUTE_NAMES.retryCount] = retryCount;
  if (delay) {
    attributes[ATTRIBUTE_NAMES.retryDelay] = delay.seconds;
    attributes[ATTRIBUTE_NAMES.retryReason] = delay.reason;
  }
  return attributes;
}

function addResponse(attributes: Attributes, { status, requestId, rateLimit }: Outcome): void {
  if (status !== undefined) attributes[ATTRIBUTE_NAMES.status] = status;
  if (requestId !== undefined) attributes[ATTRIBUTE_NAMES.requestId] = requestId;
  if (!rateLimit) return;
  const { limit, remaining, resetEpochSeconds } = rateLimit;
  if (limit !== undefined) attributes[ATTRIBUTE_NAMES.rateLimit] = limit;
  if (remaining !== undefined) attributes[ATTRIBUTE_NAMES.rateLimitRemaining] = remaining;
  if (resetEpochSeconds !== undefined) attributes[ATTRIBUTE_NAMES.rateLimitReset] = resetEpochSeconds;
}

/** Another host's failure is not an error of Intercom: its span has the status and no `intercom.error.*`. */
function addError(attributes: Attributes, { error, fromOtherHost }: Outcome): void {
  if (!error || fromOtherHost) return;
  attributes[ATTRIBUTE_NAMES.errorCode] = error.rawCode;
  attributes[ATTRIBUTE_NAMES.errorCategory] = error.category;
  attributes[ATTRIBUTE_NAMES.retryable] = error.retryable;
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

  flush(): Promise<void> {
    return forceFlush(registeredTracerProvider());
  }

  #write(span: Span, outcome: Outcome): void {
    const { status, error, canceled } = outcome;
    const attributes: Attributes = {};
    addResponse(attributes, outcome);
    addError(attributes, outcome);
    const isExpected = canceled || (status !== undefined && this.#expectedStatuses.has(status));
    if (error && !isExpected) {
      attributes[ATTRIBUTE_NAMES.errorType] = status === undefined ? error.code : String(status);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.setAttributes(attributes);
  }
}
