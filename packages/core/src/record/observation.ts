import type { Context } from "@opentelemetry/api";
import { context } from "@opentelemetry/api";
import type { Ending, FollowedError, Operation, Outcome, RequestTarget } from "../classify/index.ts";
import { classify, readApiVersion } from "../classify/index.ts";
import { catchRejection, isThenable } from "./catch-rejection.ts";
import type { FailureLog } from "./failure-log.ts";
import { forgetExpected, handOvers } from "./hand-over.ts";
import type { PendingRecords } from "./pending-records.ts";
import type { Attempt, AttemptDelay, Recorder, TraceReference } from "./recorder.ts";
import type { OnOutcome, OutgoingRequest } from "./request.ts";

/** What all observations of one observer share. */
export interface ObservationSettings {
  readonly recorders: readonly Recorder[];
  readonly failures: FailureLog;
  readonly pending: PendingRecords;
  readonly onOutcome: OnOutcome | undefined;
}

/** Stands for the state of a recorder whose `start` threw. */
const FAILED: unique symbol = Symbol("failed");

/**
 * One attempt from its start to its end. Every recorder is guarded by itself: one that fails takes neither the others
 * nor the request with it.
 */
export class Observation implements Attempt {
  readonly client: string;
  readonly operation: Operation;
  readonly target: RequestTarget;
  readonly retryCount: number;
  readonly follows: FollowedError | undefined;
  readonly apiVersion: string | undefined;
  readonly delay: AttemptDelay | undefined;
  trace: TraceReference | undefined;
  endedMilliseconds: number | undefined;
  /** The context to propagate to the other side, when there is a span. */
  propagationContext: Context | undefined;
  readonly #settings: ObservationSettings;
  readonly #request: OutgoingRequest;
  /** What `start` of each recorder has returned. */
  readonly #states: unknown[];
  readonly #startedMilliseconds: number;
  #context: Context | undefined;
  #sent = false;
  #ended = false;

  constructor(
    request: OutgoingRequest,
    client: string,
    operation: Operation,
    target: RequestTarget,
    settings: ObservationSettings,
  ) {
    this.client = client;
    this.operation = operation;
    this.target = target;
    this.retryCount = request.retryCount;
    this.follows = request.follows;
    this.apiVersion = readApiVersion(request.header("intercom-version"));
    this.delay = request.delay;
    this.#request = request;
    this.#settings = settings;
    const { recorders } = settings;
    // An array that is pushed to would keep room for sixteen more.
    this.#states = new Array<unknown>(recorders.length);
    for (let index = 0; index < recorders.length; index += 1) {
      const recorder = recorders[index];
      if (recorder) this.#states[index] = this.#startIn(recorder);
    }
    this.#startedMilliseconds = performance.now();
  }

  /** Time since the start. A clock that a test replaces while the request is under way may run backward. */
  get elapsedMilliseconds(): number {
    return Math.max(0, performance.now() - this.#startedMilliseconds);
  }

  /**
   * Hands the request to the transport with its span as the active one. What `send` throws or returns is passed on
   * untouched. A context manager that is broken costs the context and not the request.
   *
   * @param mayFetchLater the transport may call fetch after it has returned.
   */
  run<Argument, Result>(
    send: (argument: Argument) => Result,
    argument: Argument,
    mayFetchLater = false,
  ): Result {
    const { taken } = handOvers;
    handOvers.depth += 1;
    try {
      return this.#runInContext(send, argument);
    } finally {
      handOvers.depth -= 1;
      // One that has ended meanwhile, since an adapter inside it measures, would be waited for without an end.
      const isWaiting = mayFetchLater && !this.#ended && taken === handOvers.taken;
      if (isWaiting && handOvers.globalFetches > 0) handOvers.expected.add(this);
    }
  }

  /**
   * The response's headers have arrived, and its body is still to come: the attempt's duration and its span end here,
   * whenever `finish` is called.
   */
  headersArrived(): void {
    if (this.#ended) return;
    forgetExpected(this);
    if (this.endedMilliseconds === undefined) this.#settings.pending.begin();
    this.endedMilliseconds = performance.now();
  }

  /**
   * Records the attempt. Only the first call of `finish` or `abandon` counts. Never throws.
   *
   * @returns its outcome; `undefined` when there was nothing to record.
   */
  finish(ending: Ending): Outcome | undefined {
    if (this.#ended) return undefined;
    const endedMilliseconds = this.endedMilliseconds ?? performance.now();
    const durationSeconds = Math.max(0, endedMilliseconds - this.#startedMilliseconds) / 1000;
    const { failures, onOutcome } = this.#settings;
    let outcome: Outcome;
    try {
      outcome = this.#toOutcome(ending, durationSeconds);
    } catch (error) {
      failures.report("classify", error);
      this.abandon();
      return undefined;
    }
    this.#end(outcome);
    if (onOutcome) this.#notify(onOutcome, outcome, ending);
    return outcome;
  }

  /** Forgets the attempt: nothing went over the wire. Never throws. */
  abandon(): void {
    if (!this.#ended) this.#end(undefined);
  }

  /** Tells each recorder that has started how it ended. */
  #end(outcome: Outcome | undefined): void {
    const { recorders, failures, pending } = this.#settings;
    this.#ended = true;
    forgetExpected(this);
    if (this.endedMilliseconds !== undefined) pending.end();
    for (let index = 0; index < recorders.length; index += 1) {
      const recorder = recorders[index];
      const state = this.#states[index];
      if (recorder === undefined || state === FAILED) continue;
      try {
        const result: unknown = outcome
          ? recorder.finish(outcome, state, this)
          : recorder.abandon?.(state, this);
        if (result !== undefined) this.#catch(recorder, result);
      } catch (error) {
        failures.report(recorder.stage ?? "recorder", error);
      }
    }
  }

  #runInContext<Argument, Result>(send: (argument: Argument) => Result, argument: Argument): Result {
    if (this.#context === undefined) return send(argument);
    let result: Result | undefined;
    try {
      // A closure: context managers make a bound function of a method, and lists of further arguments.
      result = context.with(this.#context, () => {
        this.#sent = true;
        return send(argument);
      });
    } catch (error) {
      if (this.#sent) throw error;
      this.#settings.failures.report("span", error);
    }
    return this.#sent ? (result as Result) : send(argument);
  }

  #startIn(recorder: Recorder): unknown {
    try {
      const state = recorder.start?.(this);
      if (isThenable(state)) this.#catch(recorder, state);
      this.#context ??= recorder.contextOf?.(state);
      this.propagationContext ??= recorder.propagationContextOf?.(state);
      this.trace ??= recorder.traceOf?.(state);
      return state;
    } catch (error) {
      this.#settings.failures.report(recorder.stage ?? "recorder", error);
      return FAILED;
    }
  }

  #catch({ stage = "recorder" }: Recorder, result: unknown): void {
    catchRejection(result, (error) => this.#settings.failures.report(stage, error));
  }

  #toOutcome(ending: Ending, durationSeconds: number): Outcome {
    const { status, error, canceled, fromOtherHost, requestId, rateLimit, retryAfter, serverEpochSeconds } =
      classify(ending, this.operation);
    return {
      client: this.client,
      method: this.operation.method,
      urlTemplate: this.operation.template,
      apiVersion: this.apiVersion,
      retryCount: this.retryCount,
      follows: this.follows,
      status,
      error,
      canceled,
      fromOtherHost,
      requestId,
      rateLimit,
      retryAfter,
      serverEpochSeconds,
      durationSeconds,
    };
  }

  #notify(onOutcome: OnOutcome, outcome: Outcome, ending: Ending): void {
    const { failures } = this.#settings;
    try {
      const { method, url } = this.#request;
      const result: unknown = onOutcome(outcome, { method, url, ending });
      catchRejection(result, (error) => failures.report("on_outcome", error));
    } catch (error) {
      failures.report("on_outcome", error);
    }
  }
}
