import { context } from "@opentelemetry/api";
import type { ApiHost, Exchange, Outcome, RequestTarget } from "../classify/index.ts";
import { classify, createTargetReader, describeRequest, readApiVersion } from "../classify/index.ts";
import type { FailureStage } from "../contract/index.ts";
import { FailureLog } from "./failure-log.ts";
import type { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
import type { Recording, RequestStart } from "./recorder.ts";
import type { SpanRecorder, SpanRecording } from "./span-recorder.ts";

/** What a transport knows of a request before it leaves. */
export interface OutgoingRequest {
  /** As it will be sent, in any case. */
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  /** 1 for the first send. */
  readonly attempt: number;
  /** `Intercom-Version` header, unchecked. */
  readonly apiVersion?: unknown;
}

/** How a request ended, in the transport's words. */
export type RequestEnd = Pick<Exchange, "status" | "headers" | "body" | "failure">;

/** Called once for each finished request. What it throws or rejects with is swallowed and counted. */
export type OnOutcome = (outcome: Outcome, exchange: Exchange) => void;

/** What an observer is made of. */
export interface ObserverOptions {
  readonly client: string;
  readonly hosts: readonly ApiHost[];
  readonly spans?: SpanRecorder;
  readonly metrics?: PrometheusRecorder;
  readonly onOutcome?: OnOutcome;
}

/** Runs a part of our own work; what it throws is counted and never seen by the caller. */
type Guard = <Result>(stage: FailureStage, work: () => Result) => Result | undefined;

/** One request from its departure to its end. */
export class Observation {
  readonly #request: OutgoingRequest;
  readonly #start: RequestStart;
  readonly #options: ObserverOptions;
  readonly #guard: Guard;
  readonly #startedMilliseconds: number;
  readonly #span: SpanRecording | undefined;
  readonly #metrics: Recording | undefined;
  #ended = false;

  constructor(request: OutgoingRequest, start: RequestStart, options: ObserverOptions, guard: Guard) {
    this.#request = request;
    this.#start = start;
    this.#options = options;
    this.#guard = guard;
    const { spans, metrics } = options;
    this.#metrics = metrics && guard("metrics", () => metrics.start(start));
    this.#span = spans && guard("span", () => (spans.enabled ? spans.start(start) : undefined));
    this.#startedMilliseconds = performance.now();
  }

  /** The context to send on to the other side, when there is a span. */
  get propagationContext(): SpanRecording["propagationContext"] | undefined {
    return this.#span?.propagationContext;
  }

  /** Sends the request with its span as the active one. What `send` throws or returns is passed on untouched. */
  run<Result>(send: () => Result): Result {
    return this.#span ? context.with(this.#span.context, send) : send();
  }

  /**
   * Writes the request down. Only the first call of `finish` or `abandon` counts. Never throws.
   *
   * @returns what it was judged to be; `undefined` when there was nothing to write.
   */
  finish(end: RequestEnd): Outcome | undefined {
    if (this.#ended) return undefined;
    this.#ended = true;
    const { method, url } = this.#request;
    const { client, attempt, apiVersion } = this.#start;
    const exchange: Exchange = {
      client,
      method,
      url,
      attempt,
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...end,
      durationSeconds: (performance.now() - this.#startedMilliseconds) / 1000,
    };
    const outcome = this.#guard("classify", () => classify(exchange, this.#start.description));
    if (!outcome) this.#drop();
    else this.#write(outcome, exchange);
    return outcome;
  }

  /** Forgets the request: nothing went over the wire. Never throws. */
  abandon(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#drop();
  }

  #drop(): void {
    this.#guard("span", () => this.#span?.abandon());
    this.#guard("metrics", () => this.#metrics?.abandon());
  }

  #write(outcome: Outcome, exchange: Exchange): void {
    this.#guard("span", () => this.#span?.finish(outcome));
    this.#guard("metrics", () => this.#metrics?.finish(outcome, this.#span?.trace));
    const { onOutcome } = this.#options;
    if (!onOutcome) return;
    this.#guard("on_outcome", () => {
      const result: unknown = onOutcome(outcome, exchange);
      // An async function is a legal value here, and its rejection would end the process.
      if (result instanceof Promise)
        result.catch((error) => this.#guard("on_outcome", () => throwAgain(error)));
    });
  }
}

function throwAgain(error: unknown): never {
  throw error;
}

/** Watches the requests of one client, whichever transport carries them. */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #readTarget: (url: string) => RequestTarget | undefined;
  readonly #failures: FailureLog;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#readTarget = createTargetReader(options.hosts);
    this.#failures = new FailureLog(options.metrics);
  }

  /**
   * Begins an observation. Never throws.
   *
   * @returns `undefined` when the request does not go to Intercom.
   */
  start(request: OutgoingRequest): Observation | undefined {
    return this.guard("start", () => {
      const target = this.#readTarget(request.url);
      if (!target) return undefined;
      const { attempt } = request;
      const apiVersion = readApiVersion(request.apiVersion);
      const start: RequestStart = {
        client: this.#options.client,
        description: describeRequest(request.method, target),
        target,
        attempt,
        ...(apiVersion === undefined ? {} : { apiVersion }),
      };
      return new Observation(request, start, this.#options, this.guard);
    });
  }

  /** For a transport's own work around a request. */
  readonly guard: Guard = (stage, work) => {
    try {
      return work();
    } catch (error) {
      this.#failures.report(stage, error);
      return undefined;
    }
  };
}
