import type { Context } from "@opentelemetry/api";
import { context } from "@opentelemetry/api";
import type { Exchange, Outcome } from "../classify/index.ts";
import { classify } from "../classify/index.ts";
import type { FailureLog } from "./failure-log.ts";
import type { ObserverOptions, OnOutcome, OutgoingRequest } from "./observer.ts";
import type { Recording, RequestStart } from "./recorder.ts";
import type { SpanRecording } from "./span-recorder.ts";

/** How a request ended, in the transport's words. */
export type RequestEnd = Pick<Exchange, "status" | "headers" | "body" | "failure">;

/**
 * One request from its departure to its end. Every piece of our own work is guarded by itself: one that fails takes
 * neither the others nor the request with it.
 */
export class Observation {
  readonly #request: OutgoingRequest;
  readonly #start: RequestStart;
  readonly #failures: FailureLog;
  readonly #onOutcome: OnOutcome | undefined;
  readonly #startedMilliseconds: number;
  #span: SpanRecording | undefined;
  #metrics: Recording | undefined;
  #ended = false;

  constructor(request: OutgoingRequest, start: RequestStart, options: ObserverOptions, failures: FailureLog) {
    this.#request = request;
    this.#start = start;
    this.#failures = failures;
    this.#onOutcome = options.onOutcome;
    try {
      this.#metrics = options.metrics?.start(start);
    } catch (error) {
      failures.report("metrics", error);
    }
    try {
      this.#span = options.spans?.start(start);
    } catch (error) {
      failures.report("span", error);
    }
    this.#startedMilliseconds = performance.now();
  }

  /** The context to send on to the other side, when there is a span. */
  get propagationContext(): Context | undefined {
    return this.#span?.propagationContext;
  }

  /** Sends the request with its span as the active one. What `send` throws or returns is passed on untouched. */
  run<Argument, Result>(send: (argument: Argument) => Result, argument: Argument): Result {
    return this.#span ? context.with(this.#span.context, send, undefined, argument) : send(argument);
  }

  /**
   * Writes the request down. Only the first call of `finish` or `abandon` counts. Never throws.
   *
   * @returns what it was judged to be; `undefined` when there was nothing to write.
   */
  finish(end: RequestEnd): Outcome | undefined {
    if (this.#ended) return undefined;
    const durationSeconds = (performance.now() - this.#startedMilliseconds) / 1000;
    const { client, attempt, apiVersion, description } = this.#start;
    const { method, url } = this.#request;
    const { status, headers, body, failure } = end;
    const exchange = {
      client,
      method,
      url,
      attempt,
      apiVersion,
      status,
      headers,
      body,
      failure,
      durationSeconds,
    };
    let outcome: Outcome;
    try {
      outcome = classify(exchange, description);
    } catch (error) {
      this.#failures.report("classify", error);
      this.abandon();
      return undefined;
    }
    this.#ended = true;
    this.#write(outcome);
    if (this.#onOutcome) this.#tell(this.#onOutcome, outcome, exchange);
    return outcome;
  }

  /** Forgets the request: nothing went over the wire. Never throws. */
  abandon(): void {
    if (this.#ended) return;
    this.#ended = true;
    try {
      this.#span?.abandon();
      this.#metrics?.abandon();
    } catch (error) {
      this.#failures.report("metrics", error);
    }
  }

  #write(outcome: Outcome): void {
    try {
      this.#span?.finish(outcome);
    } catch (error) {
      this.#failures.report("span", error);
    }
    try {
      this.#metrics?.finish(outcome, this.#span?.trace);
    } catch (error) {
      this.#failures.report("metrics", error);
    }
  }

  #tell(onOutcome: OnOutcome, outcome: Outcome, exchange: Exchange): void {
    const failed = (error: unknown) => this.#failures.report("on_outcome", error);
    try {
      const result: unknown = onOutcome(outcome, exchange);
      // An async function is a legal value here, and its rejection would end the process.
      if (typeof result === "object" && result !== null) Promise.resolve(result).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
