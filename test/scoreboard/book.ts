import type { Facet } from "./facets.ts";

/** One request as a tool wrote it down. What the tool does not write down is absent. */
export interface RecordedRequest {
  readonly method?: string | undefined;
  /** Absent when no response arrived. */
  readonly status?: number | undefined;
  readonly failed: boolean;
  readonly template?: string | undefined;
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly requestId?: string | undefined;
  /** Name of the span that this one is a child of. */
  readonly parent?: string | undefined;
}

/** The three figures of a rate limit; absent where a tool shows none. */
export interface Quota {
  readonly limit?: number | undefined;
  readonly remaining?: number | undefined;
  readonly resetEpochSeconds?: number | undefined;
}

/** One of the places in which a tool keeps its records: its spans, or one of its metrics. */
export interface Book {
  /** Name for the reader of a verdict. */
  readonly name: string;
  /** The tool that keeps it. */
  readonly keeper: string;
  /** What this book can be asked. */
  readonly keeps: readonly Facet[];
  /** Only requests to the simulator, where the book can tell. */
  readonly requests: readonly RecordedRequest[];
  /** Sum over all requests. */
  readonly seconds?: number | undefined;
  readonly quota?: Quota | undefined;
  /** Responses of Intercom's without a rate limit. */
  readonly quotaUnknown?: number | undefined;
  readonly retries?: number | undefined;
  readonly inFlight?: number | undefined;
  /** Number of time series. */
  readonly series?: number | undefined;
  /** All that leaves the process through this book. */
  readonly text: string;
}
