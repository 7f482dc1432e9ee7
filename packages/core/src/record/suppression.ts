import type { Context } from "@opentelemetry/api";

/**
 * The key under which the SDK keeps "do not trace". It is made with `createContextKey`, which is `Symbol.for`, so
 * it can be read without depending on `@opentelemetry/core`, where it is defined.
 * Source: opentelemetry-js `packages/opentelemetry-core/src/trace/suppress-tracing.ts`.
 */
const SUPPRESS_TRACING = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Whether spans must not be made in this context. */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING) === true;
}

/** A context in which no instrumentation makes spans. */
export function suppressTracing(context: Context): Context {
  return context.setValue(SUPPRESS_TRACING, true);
}
