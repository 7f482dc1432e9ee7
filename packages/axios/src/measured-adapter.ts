import type { Observation, Observer, RequestEnd } from "@intercom-telemetry/core";
import type { Adapter, RequestConfig } from "./axios-types.ts";
import { toOutgoingRequest } from "./outgoing-request.ts";
import { endOfError, endOfResponse, isCached } from "./request-end.ts";
import type { InjectedHeaders } from "./trace-propagation.ts";
import { injectTraceContext } from "./trace-propagation.ts";

/** The brand is in the global symbol table, so that the ESM and the CJS copy of this package know each other's. */
const ORIGINAL: unique symbol = Symbol.for("@intercom-telemetry/axios.original-adapter");

/** On a measuring adapter: a function that gives it while it measures, and once it is detached one for another measurement. */
const HAND_OVER: unique symbol = Symbol.for("@intercom-telemetry/axios.hand-over.v1");

/** Stands for an answer that throws when it is looked at. */
const UNREADABLE: RequestEnd = { failure: { code: "network_error" } };

/** How requests are measured. One for each instrumented instance. */
export interface Measurement {
  readonly observer: Observer;
  readonly resolveAdapter: (adapter: unknown) => Adapter;
  readonly propagateTraceContext: boolean;
  /** False after `detach`: adapters that are still out there then only pass requests on. */
  active: boolean;
}

/**
 * Which send of a call this is. It travels in the adapter: `config.adapter` is the one thing that every version of
 * axios, every retry plugin and every `{ ...config }` carries from a failed request to its resend.
 */
interface Sending {
  /** What the measuring adapter stands in front of, as axios knows it. */
  readonly original: unknown;
  readonly adapter: Adapter;
  /** 1 for the first send. */
  readonly attempt: number;
  /** Headers that an earlier send was given by us. */
  readonly injected: InjectedHeaders;
}

/** Whether this adapter measures already. */
export function isMeasured(adapter: unknown): boolean {
  return typeof adapter === "function" && ORIGINAL in adapter;
}

/** What a measuring adapter stands in front of; anything else is returned as it is. */
export function originalOf(adapter: unknown): unknown {
  return isMeasured(adapter) ? Reflect.get(adapter as object, ORIGINAL) : adapter;
}

/** Somebody has put an adapter around this one, and a measuring one is around that: the request is counted there. */
function isMeasuredAround({ original }: Sending, config: RequestConfig): boolean {
  return isMeasured(config.adapter) && originalOf(config.adapter) !== original;
}

function createMeasuredAdapter(measurement: Measurement, sending: Sending): Adapter {
  const measured: Adapter & { [ORIGINAL]?: unknown; [HAND_OVER]?: (next: Measurement) => Adapter } = (
    config,
  ) =>
    measurement.active && !isMeasuredAround(sending, config)
      ? send(measurement, sending, config)
      : sending.adapter(config);
  measured[ORIGINAL] = sending.original;
  measured[HAND_OVER] = (next) => (measurement.active ? measured : createMeasuredAdapter(next, sending));
  return measured;
}

/**
 * What is to measure a request whose adapter measures already: that adapter, unless it was detached since the request was
 * first sent; then the resend is this measurement's, and still a resend.
 */
export function takeOver(measurement: Measurement, measured: unknown): unknown {
  const handOver: unknown = Reflect.get(measured as object, HAND_OVER);
  return typeof handOver === "function" ? handOver(measurement) : measured;
}

/** An adapter that behaves like `original` and records what goes through it. */
export function measureAdapter(measurement: Measurement, original: unknown): Adapter {
  const adapter = measurement.resolveAdapter(original);
  return createMeasuredAdapter(measurement, { original, adapter, attempt: 1, injected: {} });
}

/** Leaves word for a resend: the configuration of a failed request is what it is made from. */
function markForResend(
  measurement: Measurement,
  sending: Sending,
  config: RequestConfig,
  failed: boolean,
): void {
  // A frozen configuration cannot carry the word; then a resend counts as a call of its own.
  if ((!failed && sending.attempt === 1) || Object.isFrozen(config)) return;
  const attempt = failed ? sending.attempt + 1 : 1;
  config.adapter = createMeasuredAdapter(measurement, { ...sending, attempt });
}

function inject(
  measurement: Measurement,
  sending: Sending,
  config: RequestConfig,
  observation: Observation,
): Sending {
  if (!measurement.propagateTraceContext) return sending;
  const { propagationContext } = observation;
  const injected = measurement.observer.guard(
    "start",
    injectTraceContext,
    config,
    propagationContext,
    sending.injected,
  );
  return { ...sending, injected: injected ?? {} };
}

/** The adapter's promise may be of any make. */
function listen(
  promise: Promise<unknown>,
  answered: (response: unknown) => void,
  failed: (error: unknown) => void,
): unknown {
  return promise.then(answered, failed);
}

function begin(observer: Observer, config: RequestConfig, attempt: number): Observation | undefined {
  return observer.start(toOutgoingRequest(config, attempt));
}

function send(measurement: Measurement, sending: Sending, config: RequestConfig): Promise<unknown> {
  const { observer } = measurement;
  const { adapter, attempt } = sending;
  const observation = observer.guard("start", begin, observer, config, attempt);
  if (!observation) return adapter(config);
  const sent = inject(measurement, sending, config, observation);
  const finish = (end: RequestEnd = UNREADABLE): void => {
    const hasFailed = observation.finish(end)?.error !== undefined;
    observer.guard("start", markForResend, measurement, sent, config, hasFailed);
  };
  const failed = (error: unknown): void => finish(observer.guard("classify", endOfError, error, config));
  const answered = (response: unknown): void => {
    if (observer.guard("classify", isCached, response)) observation.abandon();
    else finish(observer.guard("classify", endOfResponse, response));
  };
  let promise: Promise<unknown>;
  try {
    promise = observation.run(adapter, config);
  } catch (error) {
    failed(error);
    throw error;
  }
  // Listen on the side: the caller gets the adapter's own promise, not one of ours.
  if (!observer.guard("start", listen, promise, answered, failed)) observation.abandon();
  return promise;
}
