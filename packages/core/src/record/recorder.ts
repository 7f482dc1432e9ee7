import type { Context } from "@opentelemetry/api";
import type { FollowedError, Operation, Outcome, RequestTarget } from "../classify/index.ts";
import type { FailureStage } from "../contract/index.ts";

/** A wait that a retry policy or a throttle decided on before this attempt. */
export interface AttemptDelay {
  readonly seconds: number;
  /** From the closed set that the contract lists for `intercom.retry.reason`. */
  readonly reason: string;
}

/** Where an attempt can be found in the traces; present when its span is sampled. */
export interface TraceReference {
  readonly traceId: string;
  readonly spanId: string;
}

/** What is known of one attempt when it starts. */
export interface Attempt {
  /** Name of the client. */
  readonly client: string;
  readonly operation: Operation;
  readonly target: RequestTarget;
  /** How many attempts of the same call went before. */
  readonly retryCount: number;
  /** Of a retry: the error that it follows. */
  readonly follows: FollowedError | undefined;
  /** `Intercom-Version` of the request. */
  readonly apiVersion: string | undefined;
  readonly delay: AttemptDelay | undefined;
  /** Present when a recorder before this one made a sampled span. */
  readonly trace: TraceReference | undefined;
  /** On the clock of `performance.now()`: when the headers arrived, where the body was read after the attempt's end. */
  readonly endedMilliseconds: number | undefined;
}

/**
 * Writes attempts down somewhere. A method may throw: the failure is counted, and neither the caller nor another
 * recorder notices.
 *
 * @typeParam State what `start` returns and `finish` gets back: the recorder's own notes on one attempt.
 */
export interface Recorder<State = unknown> {
  /** Which stage of `intercom_telemetry_failures_total` counts what this recorder throws. Default `recorder`. */
  readonly stage?: FailureStage;
  /** An attempt starts. */
  start?(attempt: Attempt): State;
  /** The attempt has ended. Called once, unless `start` threw or the attempt is abandoned. */
  finish(outcome: Outcome, state: State, attempt: Attempt): void;
  /** The attempt turned out to be none: a cache responded. Called instead of `finish`. */
  abandon?(state: State, attempt: Attempt): void;
  /** The context in which the request is handed to the transport, for a recorder that makes spans. */
  contextOf?(state: State): Context | undefined;
  /** The same without suppression: what may be propagated to the other side. */
  propagationContextOf?(state: State): Context | undefined;
  traceOf?(state: State): TraceReference | undefined;
  /** Counts a failure of the instrumentation itself. */
  fail?(stage: FailureStage): void;
  /** Exports what was written so far. */
  flush?(): Promise<void>;
}
