import { MeasuredAttempt } from "./measured-attempt.ts";
import type { Measurement } from "./measurement.ts";
import type { FetchArguments } from "./outgoing-request.ts";

const OWN_PROPERTIES: ReadonlySet<PropertyKey> = new Set(["length", "name", "prototype"]);

/** Bun's fetch has methods, and frameworks mark the fetch that they have patched. */
function copyProperties(from: typeof fetch, to: typeof fetch): void {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = OWN_PROPERTIES.has(key) ? undefined : Object.getOwnPropertyDescriptor(from, key);
    if (descriptor) Object.defineProperty(to, key, { ...descriptor, configurable: true });
  }
}

/**
 * A fetch that behaves like the one below it and records what goes to Intercom.
 *
 * @param like the fetch whose properties it has.
 * @param getBase the fetch below, looked up for each request.
 */
export function measureFetch(
  measurement: Measurement,
  like: typeof fetch,
  getBase: () => typeof fetch,
): typeof fetch {
  // A function expression named so: its name is what a stack trace shows.
  const measured = function fetch(...args: FetchArguments): Promise<Response> {
    const base = getBase();
    const attempt = measurement.active ? MeasuredAttempt.start(measurement, args) : undefined;
    return attempt ? attempt.run(base) : Reflect.apply(base, undefined, args);
  };
  Object.defineProperty(measured, "length", { value: like.length, configurable: true });
  copyProperties(like, measured);
  return measured;
}
