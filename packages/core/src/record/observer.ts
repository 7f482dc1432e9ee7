import type { ApiHost, Exchange, Outcome, RequestTarget } from "../classify/index.ts";
import { createTargetReader, findOperation, readApiVersion } from "../classify/index.ts";
import type { FailureStage } from "../contract/index.ts";
import { FailureLog } from "./failure-log.ts";
import { Observation } from "./observation.ts";
import type { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
import type { RequestDelay } from "./recorder.ts";
import type { SpanRecorder } from "./span-recorder.ts";

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
  /** Present when a retry policy had it wait. */
  readonly delay?: RequestDelay | undefined;
}

/** Called once for each finished request. What it throws or rejects with is swallowed and counted. */
export type OnOutcome = (outcome: Outcome, exchange: Exchange) => void;

/** What an observer is made of. */
export interface ObserverOptions {
  readonly client: string;
  readonly hosts: readonly ApiHost[];
  readonly spans?: SpanRecorder | undefined;
  readonly metrics?: PrometheusRecorder | undefined;
  readonly onOutcome?: OnOutcome | undefined;
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
    try {
      const target = this.#readTarget(request.url);
      if (!target) return undefined;
      const start = {
        client: this.#options.client,
        description: findOperation(request.method, target),
        target,
        attempt: request.attempt,
        apiVersion: readApiVersion(request.apiVersion),
        delay: request.delay,
      };
      return new Observation(request, start, this.#options, this.#failures);
    } catch (error) {
      this.#failures.report("start", error);
      return undefined;
    }
  }

  /**
   * For a transport's own work around a request: what it throws is counted and never seen by the caller. Arguments are
   * passed on, so that a call needs no function of its own.
   */
  guard<Arguments extends readonly unknown[], Result>(
    stage: FailureStage,
    work: (...given: Arguments) => Result,
    ...given: Arguments
  ): Result | undefined {
    try {
      return work(...given);
    } catch (error) {
      this.#failures.report(stage, error);
      return undefined;
    }
  }
}
