import type { Flush, TelemetryOptions } from "@intercom-telemetry/core/record";
import type { Attachment } from "./attachment.ts";
import type { AxiosInstanceLike } from "./axios-types.ts";

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
export interface Instrumentation {
  readonly handle: InstrumentationHandle;
  readonly options: InstrumentIntercomOptions;
  /** Measures an instance again whose interceptors were replaced. */
  readonly putOn?: (() => void) | undefined;
  /** Present when no code of the service asked for it: an explicit set-up takes over. */
  readonly automatic?: Attachment | undefined;
}

/** The handle of what is not instrumented. */
export const NOTHING: InstrumentationHandle = { detach() {}, flush: () => Promise.resolve() };

/** In the global symbol table, so that the ESM and the CJS copy of this package see each other's mark. */
const INSTRUMENTATION: unique symbol = Symbol.for("@intercom-telemetry/axios.instrumentation.v1");

interface Marked {
  [INSTRUMENTATION]?: Instrumentation;
}

/** What this instance is instrumented with. */
export function instrumentationOf(instance: AxiosInstanceLike): Instrumentation | undefined {
  return (instance as Marked)[INSTRUMENTATION];
}

/** The instance is instrumented from here on; `undefined` for no longer. */
export function setInstrumentation(instance: AxiosInstanceLike, value: Instrumentation | undefined): void {
  if (value) Object.defineProperty(instance, INSTRUMENTATION, { value, configurable: true });
  else delete (instance as Marked)[INSTRUMENTATION];
}
