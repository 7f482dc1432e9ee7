import { createTargetReader } from "@intercom-telemetry/core";
import type { Flush, ResolvedTelemetryOptions } from "@intercom-telemetry/core/record";
import { createObserver, isObject } from "@intercom-telemetry/core/record";
import type { AxiosInstanceLike, RequestConfig, RequestInterceptors } from "./axios-types.ts";
import { Call, callOf } from "./call.ts";
import type { Measurement } from "./measured-adapter.ts";
import { isMeasuring, measureAdapter, originalOf } from "./measured-adapter.ts";
import type { GetAdapter } from "./original-adapter.ts";
import { createAdapterResolver } from "./original-adapter.ts";
import { hookRequests } from "./request-hook.ts";

/** What an attachment is made of. */
export interface AttachmentParts {
  readonly options: ResolvedTelemetryOptions;
  /** `getAdapter` of the copy of axios that made the instance, where it can be had. */
  readonly getAdapter: GetAdapter | undefined;
  /** No code of the service asked for it. */
  readonly automatic: boolean;
}

function createMeasurement(
  instance: AxiosInstanceLike,
  { options, getAdapter, automatic }: AttachmentParts,
): Measurement {
  const readTarget = createTargetReader(options.hosts);
  return {
    observer: createObserver(options),
    resolveAdapter: createAdapterResolver(instance, getAdapter),
    isOtherHost: (url) => readTarget(url) === undefined,
    propagateTraceContext: options.propagateTraceContext,
    automatic,
    active: true,
  };
}

/** Writes into the configuration, or into a copy of one that cannot be written to: as frozen as it was. */
function write(config: RequestConfig, adapter: unknown, call: Call): RequestConfig {
  try {
    if (config.adapter !== adapter) config.adapter = adapter;
    config["intercom-telemetry"] = call;
    return config;
  } catch {
    const copy = { ...config, adapter, "intercom-telemetry": call };
    return Object.isFrozen(config) ? Object.freeze(copy) : copy;
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
      return write(config, isMeasuring(adapter) ? adapter : toMeasured(adapter), call);
    } catch (error) {
      measurement.observer.report("start", error);
    }
    return config;
  };
}

/** The measuring of one instance: its default adapter, and a hook on its requests. */
export class Attachment {
  readonly #instance: AxiosInstanceLike;
  readonly #measurement: Measurement;
  /** Makes sure that what a request is sent with is measured. */
  readonly prepare: (config: RequestConfig) => RequestConfig;
  #takeOff: (() => void) | undefined;
  /** How each is taken off again. */
  readonly #hooks = new Map<RequestInterceptors, () => void>();

  /** @throws Error when the registry has one of our metric names with another type or other labels. */
  constructor(instance: AxiosInstanceLike, parts: AttachmentParts) {
    this.#instance = instance;
    this.#measurement = createMeasurement(instance, parts);
    this.prepare = createPreparation(this.#measurement);
  }

  readonly flush: Flush = (options) => this.#measurement.observer.flush(options);

  /** False once it has ended. */
  get active(): boolean {
    return this.#measurement.active;
  }

  /** Begins to measure the instance, and those that it makes from now on; again when its interceptors were replaced. */
  putOn(): void {
    const { request } = this.#instance.interceptors;
    if (!this.active || this.#hooks.has(request)) return;
    this.#hooks.set(request, hookRequests(request, this.prepare));
    if (this.#takeOff) return;
    const defaults: { adapter?: unknown } = this.#instance.defaults;
    const before = defaults.adapter;
    const adapter = measureAdapter(this.#measurement, originalOf(before));
    defaults.adapter = adapter;
    this.#takeOff = () => {
      for (const unhook of this.#hooks.values()) unhook();
      this.#hooks.clear();
      if (defaults.adapter === adapter) defaults.adapter = before;
    };
  }

  /** Leaves the instance as it was. Those that it has made are still measured. */
  takeOff(): void {
    this.#takeOff?.();
    this.#takeOff = undefined;
  }

  /** Ends it, also for the instances that were made meanwhile. */
  end(): void {
    this.takeOff();
    this.#measurement.active = false;
  }
}
