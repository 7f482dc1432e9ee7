import { createTargetReader } from "@intercom-telemetry/core";
import type { Flush, ResolvedTelemetryOptions, TelemetryOptions } from "@intercom-telemetry/core/record";
import {
  createObserver,
  isObject,
  resolveTelemetryOptions,
  warnVisibly,
} from "@intercom-telemetry/core/record";
import { diag } from "@opentelemetry/api";
import type { AxiosInstanceLike, RequestConfig } from "./axios-types.ts";
import { Call, callOf } from "./call.ts";
import { checkInstance } from "./check-instance.ts";
import type { Measurement } from "./measured-adapter.ts";
import { isMeasuring, measureAdapter, originalOf } from "./measured-adapter.ts";
import { createAdapterResolver } from "./original-adapter.ts";
import { hookRequests } from "./request-hook.ts";

/** Options of `instrumentIntercom`. All are optional. */
export type InstrumentIntercomOptions = TelemetryOptions;

/** What `instrumentIntercom` returns. */
export interface InstrumentationHandle {
  /** Takes the instrumentation off. Requests that are under way are still recorded. Safe to call twice. */
  detach(): void;
  /**
   * Exports what was recorded so far: spans and metrics, through the OpenTelemetry SDK that is registered. For jobs and
   * functions that end before the next export. Where a registry is pushed to a Pushgateway, call it before. Never
   * rejects; what is not done in time is reported through `diag`.
   */
  readonly flush: Flush;
}

/** What an instrumented instance carries. */
interface Instrumentation {
  readonly handle: InstrumentationHandle;
  readonly options: InstrumentIntercomOptions;
}

/** In the global symbol table, so that the ESM and the CJS copy of this package see each other's mark. */
const INSTRUMENTATION = Symbol.for("@intercom-telemetry/axios.instrumentation.v1");

const NOTHING: InstrumentationHandle = { detach() {}, flush: () => Promise.resolve() };

function createMeasurement(instance: AxiosInstanceLike, options: ResolvedTelemetryOptions): Measurement {
  const readTarget = createTargetReader(options.hosts);
  return {
    observer: createObserver(options),
    resolveAdapter: createAdapterResolver(instance),
    isOtherHost: (url) => readTarget(url) === undefined,
    propagateTraceContext: options.propagateTraceContext,
    active: true,
  };
}

/** Writes into the configuration, or into a copy of one that is frozen. */
function prepare(config: RequestConfig, adapter: unknown, call: Call): RequestConfig {
  try {
    if (config.adapter !== adapter) config.adapter = adapter;
    config["intercom-telemetry"] = call;
    return config;
  } catch {
    return { ...config, adapter, "intercom-telemetry": call };
  }
}

/** Measures an adapter that was set for one request only, or that replaced the default one. */
function createPreparation(measurement: Measurement): (config: RequestConfig) => RequestConfig {
  const measured = new WeakMap<object, ReturnType<typeof measureAdapter>>();
  const toMeasured = (given: unknown): ReturnType<typeof measureAdapter> => {
    const original = originalOf(given);
    const known = isObject(original) ? measured.get(original) : undefined;
    if (known) return known;
    const adapter = measureAdapter(measurement, original);
    if (isObject(original)) measured.set(original, adapter);
    return adapter;
  };
  return (config) => {
    try {
      if (!measurement.active || !isObject(config)) return config;
      const call = callOf(config)?.copy() ?? new Call();
      const { adapter } = config;
      return prepare(config, isMeasuring(adapter) ? adapter : toMeasured(adapter), call);
    } catch (error) {
      measurement.observer.report("start", error);
    }
    return config;
  };
}

function hintAtHosts({ defaults }: AxiosInstanceLike, { hosts }: ResolvedTelemetryOptions): void {
  const { baseURL } = defaults as { baseURL?: unknown };
  if (typeof baseURL !== "string" || !/^https?:\/\//i.test(baseURL)) return;
  if (createTargetReader(hosts)(`${baseURL}/me`)) return;
  warnVisibly(
    "INTERCOM_TELEMETRY_HOSTS",
    "the instance's baseURL is not a host of Intercom's, so its requests are not recorded; " +
      "when it is a proxy or gateway to Intercom, name it in the option `hosts`",
  );
}

function isSame(one: InstrumentIntercomOptions, other: InstrumentIntercomOptions): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof InstrumentIntercomOptions>;
  return [...keys].every((key) => one[key] === other[key]);
}

function returnFirst({ handle, options }: Instrumentation, given: InstrumentIntercomOptions) {
  if (!isSame(options, given)) {
    diag.warn(
      "intercom-telemetry: this axios instance is instrumented already; the options of the later call have no effect",
    );
  }
  return handle;
}

/**
 * Records every request that this axios instance sends to Intercom: one span and one set of Prometheus series for each
 * attempt on the wire. Calls settle exactly as they would without it. Instances made later by `instance.create()` are
 * measured too.
 *
 * Called again on the same instance it changes nothing and returns the first handle.
 *
 * @param instance an instance of axios 0.24 or newer, axios itself, or an instance of its class `Axios`. An object that
 *   lacks what an instance has, as a mock does, is left alone with a warning.
 * @throws TypeError for an option that is not what was expected, and for an instance that is not an object.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentIntercom(
  instance: AxiosInstanceLike,
  options: InstrumentIntercomOptions = {},
): InstrumentationHandle {
  const resolved = resolveTelemetryOptions(options);
  if (!checkInstance(instance)) return NOTHING;
  const existing = instance[INSTRUMENTATION] as Instrumentation | undefined;
  if (existing) return returnFirst(existing, options);
  hintAtHosts(instance, resolved);
  const measurement = createMeasurement(instance, resolved);
  const defaults: { adapter?: unknown } = instance.defaults;
  const before = defaults.adapter;
  const adapter = measureAdapter(measurement, originalOf(before));
  defaults.adapter = adapter;
  const unhook = hookRequests(instance.interceptors.request, createPreparation(measurement));
  const handle: InstrumentationHandle = {
    detach() {
      if (!measurement.active) return;
      measurement.active = false;
      unhook();
      if (defaults.adapter === adapter) defaults.adapter = before;
      delete instance[INSTRUMENTATION];
    },
    flush: (options) => measurement.observer.flush(options),
  };
  const instrumentation: Instrumentation = { handle, options };
  Object.defineProperty(instance, INSTRUMENTATION, { value: instrumentation, configurable: true });
  return handle;
}
