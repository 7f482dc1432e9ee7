import type { Ending, Outcome } from "@intercom-telemetry/core";
import type { Observation } from "@intercom-telemetry/core/record";
import {
  isHandingOver,
  isObject,
  rememberOutcome,
  rememberRecent,
  toBodyFailureCode,
  toFailureCode,
} from "@intercom-telemetry/core/record";
import type { BodyEnd } from "./body-watch.ts";
import type { Measurement } from "./measurement.ts";
import type { FetchArguments } from "./outgoing-request.ts";
import { FetchRequest } from "./outgoing-request.ts";
import { readBody } from "./read-body.ts";
import type { ResponseHead } from "./response-head.ts";
import { readHead } from "./response-head.ts";
import { takeExpected } from "./take-expected.ts";
import { withTraceContext } from "./trace-propagation.ts";
import { watchBody } from "./watch-body.ts";

/** Stands for a missing response. */
const UNREADABLE: Ending = { failureCode: "network_error" };

/** The request of a call of fetch that is to be recorded; `undefined` for one that is not. */
export function readRequest(measurement: Measurement, args: FetchArguments): FetchRequest | undefined {
  const { observer, isGlobal, readTarget } = measurement;
  try {
    // An instrumented transport above this one records it.
    if (isHandingOver()) return undefined;
    const request = new FetchRequest(args);
    if (request.isAborted) return undefined;
    const target = isGlobal ? readTarget(request.url) : undefined;
    return target && takeExpected(request.method, target) ? undefined : request;
  } catch (error) {
    observer.report("start", error);
    return undefined;
  }
}

/** One attempt on its way through fetch. */
export class MeasuredAttempt {
  readonly #measurement: Measurement;
  readonly #observation: Observation;
  readonly #request: FetchRequest;
  readonly #onEnd: ((outcome: Outcome) => void) | undefined;

  private constructor(
    measurement: Measurement,
    observation: Observation,
    request: FetchRequest,
    onEnd: ((outcome: Outcome) => void) | undefined,
  ) {
    this.#measurement = measurement;
    this.#observation = observation;
    this.#request = request;
    this.#onEnd = onEnd;
  }

  /**
   * @param onEnd called once with the outcome.
   * @returns `undefined` for a request that is not recorded.
   */
  static start(
    measurement: Measurement,
    request: FetchRequest,
    onEnd?: (outcome: Outcome) => void,
  ): MeasuredAttempt | undefined {
    const { observer } = measurement;
    try {
      const observation = observer.start(request);
      if (!observation) return undefined;
      request.call.begin();
      return new MeasuredAttempt(measurement, observation, request, onEnd);
    } catch (error) {
      observer.report("start", error);
      return undefined;
    }
  }

  /** @returns a promise that settles as that of the fetch below does. */
  run(base: typeof fetch): Promise<Response> {
    const args = this.#propagate();
    let promise: Promise<Response>;
    try {
      const send = (all: FetchArguments): Promise<Response> => Reflect.apply(base, undefined, all);
      promise = this.#observation.run(send, args, !this.#measurement.isGlobal);
    } catch (error) {
      this.#failed(error);
      throw error;
    }
    if (!isObject(promise) || typeof promise.then !== "function") {
      // A mock that responds without a promise.
      this.#responded(promise);
      return promise;
    }
    // Not the promise itself: listening to that one would hide a rejection that nobody handles.
    return promise.then(
      (response) => {
        this.#responded(response);
        return response;
      },
      (error: unknown) => {
        this.#failed(error);
        throw error;
      },
    );
  }

  /**
   * Reads the body of a failed response now, since whether it is retried depends on it, and records the attempt. The
   * caller can still read it.
   */
  async readNow(response: object): Promise<void> {
    const head = this.#readHead(response);
    if (head && isObject(response)) await this.#bodyEnded(response, head, { kind: "unread", isTaken: false });
  }

  #propagate(): FetchArguments {
    const { propagationContext } = this.#observation;
    const { args } = this.#request;
    if (!this.#measurement.propagateTraceContext || !propagationContext) return args;
    try {
      return withTraceContext(this.#request, propagationContext);
    } catch (error) {
      this.#measurement.observer.report("start", error);
      return args;
    }
  }

  #readHead(response: unknown): ResponseHead | undefined {
    return readHead(response, (url) => this.#measurement.readTarget(url) === undefined);
  }

  #responded(response: unknown): void {
    const head = this.#readHead(response);
    if (!head || !isObject(response)) {
      this.#finish(UNREADABLE, response);
      return;
    }
    this.#observation.headersArrived();
    this.#request.call.recordHeaders(() => this.#finish(head, response));
    try {
      const isWatched =
        !head.fromOtherHost && watchBody(response, (end) => void this.#bodyEnded(response, head, end));
      if (!isWatched) this.#finish(head, response);
    } catch (error) {
      this.#measurement.observer.report("classify", error);
      this.#finish(head, response);
    }
  }

  /** Called by the caller's own reading, so it must not throw. */
  #bodyEnded(
    response: Record<PropertyKey, unknown>,
    head: ResponseHead,
    end: BodyEnd,
  ): Promise<void> | undefined {
    if (end.kind === "broken") {
      this.#finish({ failureCode: toBodyFailureCode(end.error, this.#request.signal) }, response, end.error);
      return undefined;
    }
    // Written out: a spread costs as much as all else that is done for a body.
    const { status, headers, fromOtherHost } = head;
    const finish = (body: unknown): void => this.#finish({ status, headers, fromOtherHost, body }, response);
    try {
      const body = readBody(response, head, end);
      if (body instanceof Promise) return body.then(finish, () => finish(undefined));
      finish(body);
    } catch (error) {
      this.#measurement.observer.report("classify", error);
      finish(undefined);
    }
    return undefined;
  }

  #failed(error: unknown): void {
    this.#finish({ failureCode: toFailureCode(error, this.#request.signal) }, error, error);
  }

  /** @param error what the caller gets instead of a response, or of its body. */
  #finish(ending: Ending, result: unknown, error?: unknown): void {
    const outcome = this.#observation.finish(ending);
    if (!outcome) return;
    this.#request.call.recordEnd(outcome);
    this.#onEnd?.(outcome);
    if (outcome.error) this.#remember(outcome, result, error);
  }

  /** For code that explains the failure, or marks a retry that follows it. */
  #remember(outcome: Outcome, result: unknown, error: unknown): void {
    rememberOutcome(result, outcome);
    // The official SDK keeps of a response nothing but its headers, which are the same object, or not even these.
    if (isObject(result)) rememberOutcome(result.headers, outcome);
    if (this.#request.call.isSdk) rememberRecent({ outcome, error });
  }
}
