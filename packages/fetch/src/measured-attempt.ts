import type { Ending } from "@intercom-telemetry/core";
import type { Observation } from "@intercom-telemetry/core/record";
import {
  isHandingOver,
  isObject,
  rememberOutcome,
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
import { withTraceContext } from "./trace-propagation.ts";
import { isUnderWay, settled, underWay } from "./under-way.ts";
import { watchBody } from "./watch-body.ts";

/** Stands for what is no response. */
const UNREADABLE: Ending = { failureCode: "network_error" };

/** One attempt on its way through fetch. */
export class MeasuredAttempt {
  readonly #measurement: Measurement;
  readonly #observation: Observation;
  readonly #request: FetchRequest;
  readonly #arguments: FetchArguments;

  private constructor(
    measurement: Measurement,
    observation: Observation,
    request: FetchRequest,
    args: FetchArguments,
  ) {
    this.#measurement = measurement;
    this.#observation = observation;
    this.#request = request;
    this.#arguments = args;
  }

  /**
   * @returns `undefined` for what is not recorded here: requests to other hosts, what an instrumented transport above
   *   records, and what will not be sent.
   */
  static start(measurement: Measurement, args: FetchArguments): MeasuredAttempt | undefined {
    const { observer } = measurement;
    try {
      if (isHandingOver()) return undefined;
      const request = new FetchRequest(args);
      if (request.isAborted || isUnderWay(args, request.url)) return undefined;
      const observation = observer.start(request);
      if (!observation) return undefined;
      request.call.begin();
      return new MeasuredAttempt(measurement, observation, request, args);
    } catch (error) {
      observer.report("start", error);
      return undefined;
    }
  }

  /** @returns a promise that settles as that of the fetch below does. */
  run(base: typeof fetch): Promise<Response> {
    const args = this.#propagate();
    underWay(args, this.#request.url);
    let promise: Promise<Response>;
    try {
      promise = this.#observation.run((all) => Reflect.apply(base, undefined, all), args);
    } catch (error) {
      this.#failed(args, error);
      throw error;
    }
    if (!isObject(promise) || typeof promise.then !== "function") {
      // A mock that responds without a promise.
      this.#responded(args, promise);
      return promise;
    }
    // Not the promise itself: listening to that one would hide a rejection that nobody handles.
    return promise.then(
      (response) => {
        this.#responded(args, response);
        return response;
      },
      (error: unknown) => {
        this.#failed(args, error);
        throw error;
      },
    );
  }

  #propagate(): FetchArguments {
    const { propagationContext } = this.#observation;
    if (!this.#measurement.propagateTraceContext || !propagationContext) return this.#arguments;
    try {
      return withTraceContext(this.#arguments, this.#request, propagationContext);
    } catch (error) {
      this.#measurement.observer.report("start", error);
      return this.#arguments;
    }
  }

  #responded(args: FetchArguments, response: unknown): void {
    settled(args);
    const head = readHead(response, this.#measurement.isOtherHost);
    if (!head || !isObject(response)) {
      this.#finish(UNREADABLE, response);
      return;
    }
    this.#observation.headersArrived();
    this.#request.call.recordHeaders(() => this.#finish(head, response));
    try {
      const isWatched =
        !head.fromOtherHost && watchBody(response, (end) => this.#bodyEnded(response, head, end));
      if (!isWatched) this.#finish(head, response);
    } catch (error) {
      this.#measurement.observer.report("classify", error);
      this.#finish(head, response);
    }
  }

  /** Called by the caller's own reading, so it must not throw. */
  #bodyEnded(response: Record<PropertyKey, unknown>, head: ResponseHead, end: BodyEnd): void {
    if (end.kind === "broken") {
      this.#finish({ failureCode: toBodyFailureCode(end.error, this.#request.signal) }, response);
      return;
    }
    const finish = (body: unknown): void =>
      this.#finish(body === undefined ? head : { ...head, body }, response);
    try {
      const body = readBody(response, head, end);
      if (body instanceof Promise) {
        body.then(finish, () => finish(undefined));
        return;
      }
      finish(body);
    } catch (error) {
      this.#measurement.observer.report("classify", error);
      finish(undefined);
    }
  }

  #failed(args: FetchArguments, error: unknown): void {
    settled(args);
    this.#finish({ failureCode: toFailureCode(error, this.#request.signal) }, error);
  }

  #finish(ending: Ending, result: unknown): void {
    const outcome = this.#observation.finish(ending);
    if (!outcome) return;
    this.#request.call.recordEnd(outcome);
    rememberOutcome(result, outcome);
    // The official SDK keeps of a response nothing but its headers, which are the same object.
    if (isObject(result)) rememberOutcome(result.headers, outcome);
  }
}
