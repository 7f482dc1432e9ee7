import type { Observation, Observer } from "@intercom-telemetry/core/record";
import { rememberOutcome } from "@intercom-telemetry/core/record";
import type { Adapter, RequestConfig } from "./axios-types.ts";
import { Call, callOf, setCall } from "./call.ts";
import { endingOfError, endingOfResponse, isCached, UNREADABLE } from "./ending.ts";
import { AxiosRequest } from "./outgoing-request.ts";
import { injectTraceContext } from "./trace-propagation.ts";

/** The brand is in the global symbol table, so that the ESM and the CJS copy of this package know each other's. */
const MEASURED: unique symbol = Symbol.for("@intercom-telemetry/axios.measured.v1");

/** How requests are measured. One for each instrumented instance. */
export interface Measurement {
  readonly observer: Observer;
  readonly resolveAdapter: (adapter: unknown) => Adapter;
  readonly isOtherHost: (url: string) => boolean;
  readonly propagateTraceContext: boolean;
  /** No code of the service asked for it: an explicit one that a request went through records it. */
  readonly automatic: boolean;
  /** False after `detach`: adapters that are still in use then only pass requests on. */
  active: boolean;
}

/** What a measuring adapter carries. */
interface Brand {
  readonly measurement: Measurement;
  /** What it stands in front of, as axios knows it. */
  readonly original: unknown;
  readonly adapter: Adapter;
  /** It may call fetch, now or later. */
  readonly mayFetch: boolean;
}

/** An adapter, perhaps a measuring one. */
interface Measured {
  [MEASURED]?: Brand;
}

/** Adapters that have handed a request to a measuring adapter: they wrap the wire, so they are not measured. */
const wrappers = new WeakSet<object>();

/** The attempt whose adapter is running now. A wrapper that passes on a different configuration is found by it. */
let running: MeasuredAttempt | undefined;

function brandOf(adapter: unknown): Brand | undefined {
  return typeof adapter === "function" ? (adapter as Measured)[MEASURED] : undefined;
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

/** Axios's own adapter for Node, a function up to axios 1.1, does not call fetch. */
function mayFetch(original: unknown): boolean {
  if (typeof original === "function") return original.name !== "httpAdapter";
  return [original].flat().find((name) => name === "http" || name === "fetch") === "fetch";
}

/** An adapter that behaves like `original` and records what goes through it. */
export function measureAdapter(measurement: Measurement, original: unknown): Adapter {
  const adapter = measurement.resolveAdapter(original);
  const brand: Brand = { measurement, original, adapter, mayFetch: mayFetch(original) };
  const measured: Adapter & Measured = (config) => {
    const attempt = measurement.active ? startAttempt(brand, config) : undefined;
    return attempt ? attempt.run() : adapter(config);
  };
  measured[MEASURED] = brand;
  return measured;
}

/** What records a request that reaches this adapter. */
function measurementFor({ measurement }: Brand, call: Call): Measurement {
  if (!measurement.automatic) call.explicit = measurement;
  return call.explicit?.active ? call.explicit : measurement;
}

function startAttempt(brand: Brand, config: RequestConfig): MeasuredAttempt | undefined {
  const { original } = brand;
  try {
    const known = callOf(config);
    const call = known ?? new Call();
    const outer = call.outer ?? (running?.isFor(config) ? running : undefined);
    outer?.handOverTo(call, original);
    const measurement = measurementFor(brand, call);
    if (!known) setCall(config, call);
    if (typeof original === "function" && wrappers.has(original)) return undefined;
    const request = new AxiosRequest(config, call);
    const observation = measurement.observer.start(request);
    return observation && new MeasuredAttempt(brand, measurement, request, observation);
  } catch (error) {
    brand.measurement.observer.report("start", error);
    return undefined;
  }
}

/** One attempt of a call on its way through an adapter. */
class MeasuredAttempt {
  readonly #brand: Brand;
  readonly #measurement: Measurement;
  readonly #request: AxiosRequest;
  readonly #observation: Observation;

  constructor(brand: Brand, measurement: Measurement, request: AxiosRequest, observation: Observation) {
    this.#brand = brand;
    this.#measurement = measurement;
    this.#request = request;
    this.#observation = observation;
  }

  /** Whether a configuration asks for what this attempt asks for. */
  isFor({ url, method }: RequestConfig): boolean {
    const { config } = this.#request;
    return url === config.url && method === config.method;
  }

  /**
   * An adapter inside this one measures: this one is not the wire, now and from now on. Later, one of axios's own or
   * the same adapter is not inside this one: a wrapper around both sends twice at a time.
   *
   * @param call that of the configuration which a wrapper has passed on, perhaps its own.
   */
  handOverTo(call: Call, inner: unknown): void {
    const { original } = this.#brand;
    call.explicit ??= this.#request.call.explicit;
    const isFunction = typeof original === "function";
    if (running !== this && (!isFunction || original === inner)) return;
    this.#request.call.outer = undefined;
    if (isFunction) wrappers.add(original);
    this.#observation.abandon();
  }

  /** @returns the adapter's own promise. */
  run(): Promise<unknown> {
    const measurement = this.#measurement;
    if (measurement.propagateTraceContext) this.#inject();
    const promise = this.#handOver();
    try {
      // Listen on the side: the caller gets the adapter's own promise, which may be of any make.
      promise.then(
        (response) => this.#settled(response, true),
        (error) => this.#settled(error, false),
      );
    } catch (error) {
      measurement.observer.report("start", error);
      this.#observation.abandon();
    }
    return promise;
  }

  #handOver(): Promise<unknown> {
    const before = running;
    const { config, call } = this.#request;
    running = this;
    call.outer = this;
    try {
      const { adapter, mayFetch } = this.#brand;
      return this.#observation.run(adapter, config, mayFetch);
    } catch (error) {
      this.#settled(error, false);
      throw error;
    } finally {
      running = before;
    }
  }

  #inject(): void {
    const { propagationContext } = this.#observation;
    if (!propagationContext) return;
    const { config, call } = this.#request;
    try {
      call.injected = injectTraceContext(config, propagationContext, call.injected);
    } catch (error) {
      this.#measurement.observer.report("start", error);
    }
  }

  #settled(settled: unknown, resolved: boolean): void {
    const { isOtherHost, observer } = this.#measurement;
    const { base, config, call } = this.#request;
    const observation = this.#observation;
    call.outer = undefined;
    let ending = UNREADABLE;
    try {
      if (resolved && isCached(settled)) {
        observation.abandon();
        return;
      }
      ending = resolved
        ? endingOfResponse(settled, isOtherHost, base)
        : endingOfError(settled, config, isOtherHost, observation.elapsedMilliseconds);
    } catch (error) {
      observer.report("classify", error);
    }
    const outcome = observation.finish(ending);
    if (!outcome) return;
    call.recordEnd(outcome);
    if (outcome.error) rememberOutcome(settled, outcome);
  }
}
