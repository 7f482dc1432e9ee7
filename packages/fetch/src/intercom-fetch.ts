import type { Flush } from "@intercom-telemetry/core/record";
import { measureFetch } from "./measure-fetch.ts";
import { createMeasurement } from "./measurement.ts";
import type { IntercomFetchOptions } from "./options.ts";
import { resolveFetchOptions } from "./options.ts";
import { RetryLoop } from "./retry/retry-loop.ts";

/** A fetch that records what goes to Intercom. */
export type IntercomFetch = typeof fetch & {
  /**
   * Exports what was recorded so far: spans and metrics, through the OpenTelemetry SDK that is registered. For jobs and
   * functions that end before the next export. Where a registry is pushed to a Pushgateway, call it before. Never
   * rejects; what is not done in time is reported through `diag`.
   */
  readonly flush: Flush;
};

/**
 * Makes a fetch that records every request to Intercom: one span and one set of Prometheus series for each attempt on
 * the wire. Requests to other hosts pass through. It behaves as the fetch below it: the same responses and errors.
 *
 * For the official SDK 7: `new IntercomClient({ token, fetch: intercomFetch({ client: "support" }) })`.
 *
 * Above a global fetch that is instrumented too, a request counts once, for this client.
 *
 * @throws TypeError for an option that is not what was expected.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function intercomFetch(options: IntercomFetchOptions = {}): IntercomFetch {
  const resolved = resolveFetchOptions(options);
  const { fetch: given, retry } = resolved;
  const measurement = createMeasurement(resolved, false);
  const retryLoop = retry && new RetryLoop(measurement, retry);
  const measured = measureFetch({ measurement, retryLoop, getBase: () => given ?? globalThis.fetch });
  const flush: Flush = (flushOptions) => measurement.observer.flush(flushOptions);
  // Defined, not assigned: the fetch below may be one of these too, and its properties have been copied.
  return Object.defineProperty(measured, "flush", { value: flush, configurable: true }) as IntercomFetch;
}
