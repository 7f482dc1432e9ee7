import type { RequestTarget } from "@intercom-telemetry/core";
import { createTargetReader } from "@intercom-telemetry/core";
import type { Observer, ResolvedTelemetryOptions } from "@intercom-telemetry/core/record";
import { createObserver } from "@intercom-telemetry/core/record";

/** How requests are measured. One for each instrumented fetch. */
export interface Measurement {
  readonly observer: Observer;
  /** @returns `undefined` for a URL that leads away from Intercom. */
  readonly readTarget: (url: string) => RequestTarget | undefined;
  readonly propagateTraceContext: boolean;
  /** It measures the global fetch, which transports above may call. */
  readonly isGlobal: boolean;
  /** False after `detach`: a fetch that is still in use then only passes requests on. */
  active: boolean;
}

/** @throws Error when the registry has one of our metric names with another type or other labels. */
export function createMeasurement(options: ResolvedTelemetryOptions, isGlobal: boolean): Measurement {
  return {
    observer: createObserver(options),
    readTarget: createTargetReader(options.hosts),
    propagateTraceContext: options.propagateTraceContext,
    isGlobal,
    active: true,
  };
}
