import { MeasuredAttempt, readRequest } from "./measured-attempt.ts";
import type { Measurement } from "./measurement.ts";
import type { FetchArguments } from "./outgoing-request.ts";
import type { RetryLoop } from "./retry/retry-loop.ts";

const OWN_PROPERTIES: ReadonlySet<PropertyKey> = new Set(["length", "name", "prototype"]);

/** Bun's fetch has methods, and frameworks mark the fetch that they have patched. */
function copyProperties(from: typeof fetch, to: typeof fetch): void {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = OWN_PROPERTIES.has(key) ? undefined : Object.getOwnPropertyDescriptor(from, key);
    if (descriptor) Object.defineProperty(to, key, { ...descriptor, configurable: true });
  }
}

/** What a measured fetch is made of. */
export interface MeasuredFetchParts {
  readonly measurement: Measurement;
  /** The fetch below, looked up for each request. */
  readonly getBase: () => typeof fetch;
  readonly retryLoop?: RetryLoop | undefined;
}

/** A fetch that behaves like the one below it and records what goes to Intercom. */
export function measureFetch({ measurement, getBase, retryLoop }: MeasuredFetchParts): typeof fetch {
  const like = getBase();
  // Under the name that a stack trace shows for the original.
  const measured = function fetch(...args: FetchArguments): Promise<Response> {
    const base = getBase();
    const request = measurement.active ? readRequest(measurement, args) : undefined;
    if (request && retryLoop?.concerns(request)) return retryLoop.run(base, request);
    const attempt = request && MeasuredAttempt.start(measurement, request);
    return attempt ? attempt.run(base) : Reflect.apply(base, undefined, args);
  };
  Object.defineProperty(measured, "length", { value: like.length, configurable: true });
  copyProperties(like, measured);
  return measured;
}
