import type { Operation, Outcome, RequestTarget } from "../classify/index.ts";

/** A wait that somebody decided on before this send. */
export interface RequestDelay {
  readonly seconds: number;
  /** From the closed set that the contract lists for `intercom.retry.reason`. */
  readonly reason: string;
}

/** A request that is about to leave. */
export interface RequestStart {
  /** Name the user gave to the instrumented client. */
  readonly client: string;
  readonly description: Operation;
  readonly target: RequestTarget;
  /** 1 for the first send. */
  readonly attempt: number;
  /** `Intercom-Version` of the request. */
  readonly apiVersion?: string | undefined;
  /** Present when a retry policy had it wait. */
  readonly delay?: RequestDelay | undefined;
}

/** Where a request can be found in the traces; present when its span is sampled. */
export interface TraceReference {
  readonly traceId: string;
  readonly spanId: string;
}

/** One request being recorded. Exactly one of the two methods is called, once. */
export interface Recording {
  /** The request has ended. */
  finish(outcome: Outcome, trace?: TraceReference): void;
  /** It turned out that nothing went over the wire. */
  abandon(): void;
}

/** Writes requests down in one place. May throw: whoever calls it keeps that from the caller. */
export interface Recorder {
  /** `undefined` when there is nothing to write. */
  start(request: RequestStart): Recording | undefined;
}
