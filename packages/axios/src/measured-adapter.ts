import type { Ending } from "@intercom-telemetry/core";
import type { Observation, Observer } from "@intercom-telemetry/core/record";
import { rememberOutcome } from "@intercom-telemetry/core/record";
import type { Adapter, RequestConfig } from "./axios-types.ts";
import { Call, callOf, setCall } from "./call.ts";
import { endingOfError, endingOfResponse, isCached, UNREADABLE } from "./ending.ts";
import { toOutgoingRequest } from "./outgoing-request.ts";
import { injectTraceContext } from "./trace-propagation.ts";

/** The brand is in the global symbol table, so that the ESM and the CJS copy of this package know each other's. */
const MEASURED: unique symbol = Symbol.for("@intercom-telemetry/axios.measured.v1");

/** How requests are measured. One for each instrumented instance. */
export interface Measurement {
  readonly observer: Observer;
  readonly resolveAdapter: (adapter: unknown) => Adapter;
  readonly isOtherHost: (url: string) => boolean;
  readonly propagateTraceContext: boolean;
  /** False after `detach`: adapters that are still in use then only pass requests on. */
  active: boolean;
}

/** What a measuring adapter carries. */
interface Brand {
  readonly measurement: Measurement;
  /** What it stands in front of, as axios knows it. */
  readonly original: unknown;
}

/** Adapters that have handed a request to a measuring adapter: they wrap the wire, so they are not measured. */
const wrappers = new WeakSet<object>();

/** The attempt whose adapter is running now. A wrapper that hands on a configuration of its own is found by it. */
let running: MeasuredAttempt | undefined;

function brandOf(adapter: unknown): Brand | undefined {
  return typeof adapter === "function" ? (Reflect.get(adapter, MEASURED) as Brand | undefined) : undefined;
}

/** Whether this adapter measures, for an instrumentation that was not detached. */
export function isMeasuring(adapter: unknown): boolean {
  return brandOf(adapter)?.measurement.active === true;
}

/** What a measuring adapter stands in front of; anything else is returned as it is. */
export function originalOf(adapter: unknown): unknown {
  const brand = brandOf(adapter);
  return brand ? brand.original : adapter;
}

/** An adapter that behaves like `original` and records what goes through it. */
export function measureAdapter(measurement: Measurement, original: unknown): Adapter {
  const adapter = measurement.resolveAdapter(original);
  const measured: Adapter & { [MEASURED]?: Brand } = (config) => {
    const attempt = measurement.active ? startAttempt(measurement, adapter, original, config) : undefined;
    return attempt ? attempt.run() : adapter(config);
  };
  measured[MEASURED] = { measurement, original };
  return measured;
}

function startAttempt(
  measurement: Measurement,
  adapter: Adapter,
  original: unknown,
  config: RequestConfig,
): MeasuredAttempt | undefined {
  try {
    const call = callOf(config) ?? new Call();
    if (call.outer) call.outer.stepBack();
    else if (running?.isFor(config)) running.stepBack();
    setCall(config, call);
    if (typeof original === "function" && wrappers.has(original)) return undefined;
    const observation = measurement.observer.start(toOutgoingRequest(config));
    return observation && new MeasuredAttempt(measurement, adapter, original, config, call, observation);
  } catch (error) {
    measurement.observer.report("start", error);
    return undefined;
  }
}

/** One attempt of a call on its way through an adapter. */
class MeasuredAttempt {
  readonly #measurement: Measurement;
  readonly #adapter: Adapter;
  readonly #original: unknown;
  readonly #config: RequestConfig;
  readonly #call: Call;
  readonly #observation: Observation;

  constructor(
    measurement: Measurement,
    adapter: Adapter,
    original: unknown,
    config: RequestConfig,
    call: Call,
    observation: Observation,
  ) {
    this.#measurement = measurement;
    this.#adapter = adapter;
    this.#original = original;
    this.#config = config;
    this.#call = call;
    this.#observation = observation;
  }

  /** Whether a configuration asks for what this attempt asks for. */
  isFor({ url, method }: RequestConfig): boolean {
    return url === this.#config.url && method === this.#config.method;
  }

  /** An adapter inside this one measures: this one is not the wire, now and from now on. */
  stepBack(): void {
    this.#call.outer = undefined;
    if (typeof this.#original === "function") wrappers.add(this.#original);
    this.#observation.abandon();
  }

  /** @returns the adapter's own promise. */
  run(): Promise<unknown> {
    if (this.#measurement.propagateTraceContext) this.#inject();
    const promise = this.#handOver();
    try {
      // Listen on the side: the caller gets the adapter's own promise, which may be of any make.
      promise.then(
        (response) => this.#responded(response),
        (error) => this.#failed(error),
      );
    } catch (error) {
      this.#measurement.observer.report("start", error);
      this.#observation.abandon();
    }
    return promise;
  }

  #handOver(): Promise<unknown> {
    const before = running;
    running = this;
    this.#call.outer = this;
    try {
      return this.#observation.run(this.#adapter, this.#config);
    } catch (error) {
      this.#failed(error);
      throw error;
    } finally {
      running = before;
    }
  }

  #inject(): void {
    const { propagationContext } = this.#observation;
    if (!propagationContext) return;
    try {
      this.#call.injected = injectTraceContext(this.#config, propagationContext, this.#call.injected);
    } catch (error) {
      this.#measurement.observer.report("start", error);
    }
  }

  #responded(response: unknown): void {
    let ending = UNREADABLE;
    try {
      if (isCached(response)) {
        this.#call.outer = undefined;
        this.#observation.abandon();
        return;
      }
      ending = endingOfResponse(response, this.#measurement.isOtherHost);
    } catch (error) {
      this.#measurement.observer.report("classify", error);
    }
    this.#finish(response, ending);
  }

  #failed(error: unknown): void {
    let ending = UNREADABLE;
    try {
      const { isOtherHost } = this.#measurement;
      ending = endingOfError(error, this.#config, isOtherHost, this.#observation.elapsedMilliseconds);
    } catch (failure) {
      this.#measurement.observer.report("classify", failure);
    }
    this.#finish(error, ending);
  }

  #finish(settled: unknown, ending: Ending): void {
    this.#call.outer = undefined;
    const outcome = this.#observation.finish(ending);
    if (!outcome) return;
    this.#call.recordEnd(outcome);
    rememberOutcome(settled, outcome);
  }
}
