import { refuse } from "@intercom-telemetry/core";
import type { Flush, ResolvedTelemetryOptions } from "@intercom-telemetry/core/record";
import {
  handOvers,
  haveSameOptions,
  isObject,
  logWarning,
  resolveTelemetryOptions,
} from "@intercom-telemetry/core/record";
import { measureFetch } from "./measure-fetch.ts";
import { createMeasurement } from "./measurement.ts";
import type { InstrumentGlobalFetchOptions } from "./options.ts";

/** What `instrumentGlobalFetch` returns. */
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

/** What the instrumented global fetch carries. */
interface Instrumentation {
  readonly handle: InstrumentationHandle;
  readonly options: InstrumentGlobalFetchOptions;
  /** No code of the service asked for it: an explicit set-up above it records its requests. */
  readonly automatic: boolean;
}

const NOTHING: InstrumentationHandle = { detach() {}, flush: () => Promise.resolve() };

/** In the global symbol table, so that the ESM and the CJS copy of this package see each other's mark. */
const INSTRUMENTATION: unique symbol = Symbol.for("@intercom-telemetry/fetch.instrumentation.v1");

function returnFirst({ handle, options }: Instrumentation, given: InstrumentGlobalFetchOptions) {
  if (!haveSameOptions(options, given)) {
    logWarning("the global fetch is instrumented already; the options of the later call have no effect");
  }
  return handle;
}

function attach(
  before: typeof fetch,
  resolved: ResolvedTelemetryOptions,
  { options, automatic }: Pick<Instrumentation, "options" | "automatic">,
): InstrumentationHandle {
  const measurement = createMeasurement(resolved, true);
  const measured = measureFetch({ measurement, getBase: () => before });
  const handle: InstrumentationHandle = {
    detach() {
      if (!measurement.active) return;
      measurement.active = false;
      handOvers.globalFetches -= 1;
      Reflect.deleteProperty(measured, INSTRUMENTATION);
      // Somebody may have wrapped it since: then it stays, and passes on.
      if (globalThis.fetch === measured) globalThis.fetch = before;
    },
    flush: (options) => measurement.observer.flush(options),
  };
  const instrumentation: Instrumentation = { handle, options, automatic };
  Object.defineProperty(measured, INSTRUMENTATION, { value: instrumentation, configurable: true });
  globalThis.fetch = measured;
  handOvers.globalFetches += 1;
  return handle;
}

const instrumentationOf = (fetch: unknown): Instrumentation | undefined =>
  isObject(fetch) ? (fetch as { [INSTRUMENTATION]?: Instrumentation })[INSTRUMENTATION] : undefined;

/**
 * Records every request to Intercom that goes through the global `fetch`: the official SDK 6, which reads it for each
 * call, and code that calls `fetch` itself. Requests to other hosts pass through. Call it before libraries keep a
 * reference to `fetch`.
 *
 * Called again it changes nothing and returns the first handle. Above a fetch that `@intercom-telemetry/register`
 * measures, a request counts once, with these options.
 *
 * @throws TypeError for an option that is not what was expected, or without a global fetch.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentGlobalFetch(options: InstrumentGlobalFetchOptions = {}): InstrumentationHandle {
  const resolved = resolveTelemetryOptions(options);
  const before = globalThis.fetch;
  if (typeof before !== "function") return refuse("globalThis.fetch", "a function", before);
  const existing = instrumentationOf(before);
  if (existing && !existing.automatic) return returnFirst(existing, options);
  return attach(before, resolved, { options, automatic: false });
}

/**
 * The same for a service that does not ask for it by code: it leaves alone a fetch that is instrumented already, and a
 * runtime that has none.
 *
 * @throws TypeError for an option that is not what was expected.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentGlobalFetchAutomatically(
  options: InstrumentGlobalFetchOptions = {},
): InstrumentationHandle {
  const resolved = resolveTelemetryOptions(options);
  const before: unknown = globalThis.fetch;
  if (typeof before !== "function" || instrumentationOf(before)) return NOTHING;
  return attach(before as typeof fetch, resolved, { options, automatic: true });
}
