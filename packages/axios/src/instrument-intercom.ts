import { loadPromClient, Observer, PrometheusRecorder, SpanRecorder } from "@intercom-telemetry/core";
import type { AxiosInstanceLike, RequestConfig } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";
import type { Measurement } from "./measured-adapter.ts";
import { isMeasured, measureAdapter, originalOf, takeOver } from "./measured-adapter.ts";
import type { InstrumentIntercomOptions, ResolvedOptions } from "./options.ts";
import { resolveOptions } from "./options.ts";
import { createAdapterResolver } from "./original-adapter.ts";

/** What `instrumentIntercom` gives back. */
export interface InstrumentationHandle {
  /** Takes the instrumentation off. Requests that are on their way are still recorded. Safe to call twice. */
  detach(): void;
}

/** In the global symbol table, so that the ESM and the CJS copy of this package see each other's mark. */
const HANDLE = Symbol.for("@intercom-telemetry/axios.handle");

function checkInstance(
  instance: unknown,
): asserts instance is Required<AxiosInstanceLike> & Record<symbol, unknown> {
  const request =
    isObject(instance) && isObject(instance.interceptors) ? instance.interceptors.request : undefined;
  const sane = isObject(instance) && isObject(instance.defaults) && isObject(request);
  if (sane && [request.use, request.eject, instance.create].every((each) => typeof each === "function"))
    return;
  const got = instance === null ? "null" : typeof instance;
  throw new TypeError(`instance: expected axios or what axios.create() makes, got ${got}`);
}

function createMetrics({ registry, client }: ResolvedOptions): PrometheusRecorder | undefined {
  if (registry === false) return undefined;
  const library = loadPromClient();
  if (library) return new PrometheusRecorder(library, registry ?? library.register, client);
  if (registry === undefined) return undefined;
  throw new TypeError(
    "registry: expected prom-client to be installed beside the registry, but it was not found",
  );
}

function createObserver(options: ResolvedOptions): Observer {
  const { client, hosts, suppressHttpSpans, expectedStatuses, onOutcome } = options;
  return new Observer({
    client,
    hosts,
    spans: options.spans ? new SpanRecorder({ suppressHttpSpans, expectedStatuses }) : undefined,
    metrics: createMetrics(options),
    onOutcome,
  });
}

/** Measures an adapter that was set for one request only, or put in place of the default one. */
function measureOwnAdapter(measurement: Measurement, config: RequestConfig): RequestConfig {
  if (!measurement.active || !isObject(config)) return config;
  const { adapter: given } = config;
  const adapter = isMeasured(given) ? takeOver(measurement, given) : measureAdapter(measurement, given);
  if (adapter === given) return config;
  if (Object.isFrozen(config)) return { ...config, adapter };
  config.adapter = adapter;
  return config;
}

/**
 * Records every request that this axios instance sends to Intercom: one span and one set of Prometheus series for each
 * attempt on the wire. Calls settle exactly as they would without it. Instances made later by `instance.create()` are
 * measured too.
 *
 * Called again on the same instance it changes nothing and returns the first handle.
 *
 * @param instance an instance of axios 0.24 or newer, or axios itself.
 * @throws TypeError for an option or an instance that is not what was expected.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentIntercom(
  instance: AxiosInstanceLike,
  options: InstrumentIntercomOptions = {},
): InstrumentationHandle {
  checkInstance(instance);
  const resolved = resolveOptions(options);
  const existing = instance[HANDLE];
  if (existing) return existing as InstrumentationHandle;
  const measurement: Measurement = {
    observer: createObserver(resolved),
    resolveAdapter: createAdapterResolver(instance),
    propagateTraceContext: resolved.propagateTraceContext,
    active: true,
  };
  const defaults: { adapter?: unknown } = instance.defaults;
  const before = defaults.adapter;
  const adapter = measureAdapter(measurement, originalOf(before));
  defaults.adapter = adapter;
  const interceptor = instance.interceptors.request.use(
    (config: RequestConfig) =>
      measurement.observer.guard("start", measureOwnAdapter, measurement, config) ?? config,
    undefined,
    { synchronous: true },
  );
  const handle: InstrumentationHandle = {
    detach() {
      if (!measurement.active) return;
      measurement.active = false;
      instance.interceptors.request.eject(interceptor);
      if (defaults.adapter === adapter) defaults.adapter = before;
      delete instance[HANDLE];
    },
  };
  Object.defineProperty(instance, HANDLE, { value: handle, configurable: true });
  return handle;
}
