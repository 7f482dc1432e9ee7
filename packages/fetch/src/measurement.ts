import { createTargetReader } from "@intercom-telemetry/core";
import type { Observer, ResolvedTelemetryOptions } from "@intercom-telemetry/core/record";
import { createObserver } from "@intercom-telemetry/core/record";

/** How requests are measured. One for each instrumented fetch. */
export interface Measurement {
  readonly observer: Observer;
  /** Whether a URL leads away from Intercom. */
  readonly isOtherHost: (url: string) => boolean;
  readonly propagateTraceContext: boolean;
  /** False after `detach`: a fetch that is still in use then only passes requests on. */
  active: boolean;
}

/** @throws Error when the registry has one of our metric names with another type or other labels. */
export function createMeasurement(options: ResolvedTelemetryOptions): Measurement {
  const readTarget = createTargetReader(options.hosts);
  return {
    observer: createObserver(options),
    isOtherHost: (url) => readTarget(url) === undefined,
    propagateTraceContext: options.propagateTraceContext,
    active: true,
  };
}
