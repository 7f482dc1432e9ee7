import type { Addresses } from "./monitoring/monitoring.ts";
import type { SpanRecord } from "./services/span-record.ts";
import type { Seen } from "./services/witness.ts";
import type { ChapterName } from "./story/chapters.ts";

/** It cannot do what it was started for. */
export interface Failed {
  readonly kind: "failed";
  readonly message: string;
}

/** What a service process says to the demo. */
export type ServiceMessage =
  | Failed
  /** Without an address where it serves no metrics, but sends them. */
  | { readonly kind: "ready"; readonly metricsUrl?: string | undefined }
  | { readonly kind: "spans"; readonly spans: readonly SpanRecord[] }
  /** No request is left, and this is what the service knows of them without the instrumentation's help. */
  | ({ readonly kind: "drained" } & Seen);

/** What the demo tells a service process: begin or continue with this chapter, or end. */
export type DemoMessage =
  | { readonly kind: "play"; readonly chapter: ChapterName }
  | { readonly kind: "drain" };

/** What the process of the store says to the demo. */
export type StoreMessage = Failed | { readonly kind: "ready"; readonly storeUrl: string };

/** What the monitoring process says to the demo. */
export type MonitoringMessage = Failed | ({ readonly kind: "ready" } & Addresses);
