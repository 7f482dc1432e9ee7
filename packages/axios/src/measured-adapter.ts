import type { Observation, Observer, RequestEnd } from "@intercom-telemetry/core";
import type { Adapter, RequestConfig } from "./axios-types.ts";
import { toOutgoingRequest } from "./outgoing-request.ts";
import { endOfError, endOfResponse, isCached } from "./request-end.ts";
import type { InjectedHeaders } from "./trace-propagation.ts";
import { injectTraceContext } from "./trace-propagation.ts";

/** The brand is in the global symbol table, so that the ESM and the CJS copy of this package know each other's. */
const ORIGINAL: unique symbol = Symbol.for("@intercom-telemetry/axios.original-adapter");

/** How requests are measured. One for each instrumented instance. */
export interface Measurement {
  readonly observer: Observer;
  readonly resolveAdapter: (adapter: unknown) => Adapter;
  readonly propagateTraceContext: boolean;
  /** False after `detach`: adapters that are still out there then only pass requests on. */
  active: boolean;
}

/** Whether this adapter measures already. */
export function isMeasured(adapter: unknown): boolean {
  return typeof adapter === "function" && ORIGINAL in adapter;
}

/** What a measuring adapter stands in front of; anything else is returned as it is. */
export function originalOf(adapter: unknown): unknown {
  return isMeasured(adapter) ? Reflect.get(adapter as object, ORIGINAL) : adapter;
}

function brand(adapter: Adapter & { [ORIGINAL]?: unknown }, original: unknown): Adapter {
  adapter[ORIGINAL] = original;
  return adapter;
}

/**
 * One call and its resends. It travels in the adapter itself: `config.adapter` is the one thing that every version
 * of axios, every retry plugin and every `{ ...config }` carries from a failed request to its resend.
 */
class Call {
  readonly injected: InjectedHeaders = {};
  #attempt = 0;
  #failed = false;

  /** Number of the send that starts now. A configuration reused after a success begins a new call. */
  nextAttempt(): number {
    this.#attempt = this.#failed ? this.#attempt + 1 : 1;
    return this.#attempt;
  }

  /** Whether the next send is a resend. */
  ended(failed: boolean): void {
    this.#failed = failed;
  }
}

/** Stands for an answer that throws when it is looked at. */
const UNREADABLE: RequestEnd = { failure: { code: "network_error" } };

/** One send of a call, from the adapter's start to the end of its promise. */
class Send {
  readonly #observer: Observer;
  readonly #observation: Observation;
  readonly #call: Call;
  readonly #config: RequestConfig;

  constructor(observer: Observer, observation: Observation, call: Call, config: RequestConfig) {
    this.#observer = observer;
    this.#observation = observation;
    this.#call = call;
    this.#config = config;
  }

  /** Listens on the side: the caller gets the adapter's own promise, not one of ours. */
  follow(promise: Promise<unknown>): void {
    promise.then(
      (response) => {
        if (this.#observer.guard("classify", () => isCached(response))) this.#observation.abandon();
        else this.#finish(() => endOfResponse(response));
      },
      (error) => this.failed(error),
    );
  }

  failed(error: unknown): void {
    this.#finish(() => endOfError(error, this.#config));
  }

  #finish(readEnd: () => RequestEnd): void {
    const end = this.#observer.guard("classify", readEnd) ?? UNREADABLE;
    this.#call.ended(this.#observation.finish(end)?.error !== undefined);
  }
}

function send(
  measurement: Measurement,
  call: Call,
  original: Adapter,
  config: RequestConfig,
): Promise<unknown> {
  const { observer } = measurement;
  const attempt = call.nextAttempt();
  const observation = observer.guard("start", () => observer.start(toOutgoingRequest(config, attempt)));
  if (!observation) return original(config);
  const { propagationContext } = observation;
  if (measurement.propagateTraceContext && propagationContext) {
    observer.guard("start", () => injectTraceContext(config, propagationContext, call.injected));
  }
  const sent = new Send(observer, observation, call, config);
  let promise: Promise<unknown>;
  try {
    promise = observation.run(() => original(config));
  } catch (error) {
    sent.failed(error);
    throw error;
  }
  observer.guard("start", () => sent.follow(promise));
  return promise;
}

/** An adapter for one call: it knows which of the call's sends it is asked for. */
export function measureCall(measurement: Measurement, original: unknown): Adapter {
  const call = new Call();
  const adapter = measurement.resolveAdapter(original);
  return brand(
    (config) => (measurement.active ? send(measurement, call, adapter, config) : adapter(config)),
    original,
  );
}

/** An adapter for `defaults.adapter`: gives each call one of its own, where a resend will find it. */
export function measureDefault(measurement: Measurement, original: unknown): Adapter {
  const adapter = measurement.resolveAdapter(original);
  return brand((config) => {
    if (!measurement.active) return adapter(config);
    const ofCall = measureCall(measurement, original);
    // A frozen configuration keeps the default adapter; then a resend counts as a call of its own.
    measurement.observer.guard("start", () => {
      if (!Object.isFrozen(config)) config.adapter = ofCall;
    });
    return ofCall(config);
  }, original);
}
