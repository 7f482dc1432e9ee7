import { measureFetch } from "./measure-fetch.ts";
import { createMeasurement } from "./measurement.ts";
import type { IntercomFetchOptions } from "./options.ts";
import { resolveFetchOptions } from "./options.ts";
import { RetryLoop } from "./retry/retry-loop.ts";

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
export function intercomFetch(options: IntercomFetchOptions = {}): typeof fetch {
  const resolved = resolveFetchOptions(options);
  const { fetch: given, retry } = resolved;
  const measurement = createMeasurement(resolved);
  const retryLoop = retry && new RetryLoop(measurement, retry);
  return measureFetch({ measurement, retryLoop, getBase: () => given ?? globalThis.fetch });
}
