// What the pages use of packages that are too large to install for a few lines.
declare module "@sentry/node" {
  import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";
  export function init(options: {
    dsn?: string | undefined;
    openTelemetrySpanProcessors?: Omit<SpanProcessor, "onStart">[] | undefined;
    skipOpenTelemetrySetup?: boolean;
  }): unknown;
}
