/** Why nothing could be read. */
export type ReadingProblem =
  | { readonly kind: "no_response"; readonly code: string }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "too_large"; readonly maxBytes: number }
  | { readonly kind: "not_a_page" | "not_a_store" };

/** A process whose counters fall while it lives. Labels that it does not have are empty. */
export interface FallingCounters {
  readonly job: string;
  readonly instance: string;
  readonly falls: number;
}

/** A client that reaches a page or store more than once. */
export interface DoubledClient {
  readonly client: string;
  /** Whether both have counted the same, as two recordings of the same requests do. */
  readonly isSame: boolean;
}

/** How far apart the samples of a job are. */
export interface SampleInterval {
  readonly job: string;
  readonly seconds: number;
}

/** What only a store can tell. */
export interface StoreFacts {
  /** Whether there was a client within the last day, though it is not there now. */
  readonly seenWithinDay: boolean;
  /** Processes by the labels that tell them apart. */
  readonly unnamed: {
    /** Clients whose series have neither `instance` nor an instance id. */
    readonly withoutId: readonly string[];
    /** Clients whose instance id or service name did not become `instance` and `job`. */
    readonly notRelabeled: readonly string[];
  };
  /** Jobs of clients that have no recorded series. */
  readonly jobsWithoutRecords: readonly string[];
  /** What the store says of its own rules; absent when it does not. */
  readonly rules?: { readonly loaded: number; readonly failing: number } | undefined;
  /** The slowest process of each job; empty when none has been there for long enough. */
  readonly intervals: readonly SampleInterval[];
  /** As the dashboards are configured. */
  readonly expectedIntervalSeconds: number;
  /** Jobs in which one process is there more than once. */
  readonly replicatedJobs: readonly string[];
}

/** Everything that was found out about the metrics of clients; the checks judge it and ask nobody anything more. */
export interface TelemetryFacts {
  /** Names of the clients that report. */
  readonly clients: readonly string[];
  /** Those of them of which no request is recorded. */
  readonly silentClients: readonly string[];
  /** Whether all of them report from the probe, `intercom-telemetry serve`, and none from a service. */
  readonly isProbeOnly: boolean;
  readonly requests: number;
  readonly unmatchedRequests: number;
  /** Requests that have not ended. */
  readonly inFlight: number;
  readonly failuresByStage: ReadonlyMap<string, number>;
  /** Labels such as `exported_client`. */
  readonly movedLabels: readonly string[];
  /** Jobs that have counted requests, and have no classic buckets of durations. A page is one job without a name. */
  readonly jobsWithoutBuckets: readonly string[];
  readonly falling: readonly FallingCounters[];
  readonly doubled: readonly DoubledClient[];
  /** Absent for a page. */
  readonly store?: StoreFacts;
}

/** What came of reading a page or store. */
export type Reading =
  | { readonly read: true; readonly facts: TelemetryFacts }
  | { readonly read: false; readonly problem: ReadingProblem };
