import type { SpanRecord } from "./services/span-record.ts";
import type { Seen } from "./services/witness.ts";

/** What a service process says to the demo. */
export type ServiceMessage =
  | { readonly kind: "ready"; readonly metricsUrl: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "spans"; readonly spans: readonly SpanRecord[] }
  /** No request is left, and this is what the service knows of them without the instrumentation's help. */
  | ({ readonly kind: "drained" } & Seen);

/** What the demo says to a service process. */
export type DemoMessage = { readonly kind: "start" | "drain" };
