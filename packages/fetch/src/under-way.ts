import { isObject } from "@intercom-telemetry/core/record";
import type { FetchArguments } from "./outgoing-request.ts";

/** In the global symbol table: the ESM and the CJS copy of this package see each other's requests. */
const UNDER_WAY: unique symbol = Symbol.for("@intercom-telemetry/fetch.under-way.v1");
const holder = globalThis as { [UNDER_WAY]?: WeakMap<object, string> };
holder[UNDER_WAY] ??= new WeakMap();
const requests = holder[UNDER_WAY];

/** What a request is known by, when a fetch in between hands it on later: its init, else its Request. */
function identityOf([input, init]: readonly unknown[]): object | undefined {
  if (isObject(init)) return init;
  return isObject(input) ? input : undefined;
}

/** A request is recorded from here on. */
export function underWay(args: FetchArguments, url: string): void {
  const identity = identityOf(args);
  if (identity) requests.set(identity, url);
}

/** Its fetch has settled. */
export function settled(args: FetchArguments): void {
  const identity = identityOf(args);
  if (identity) requests.delete(identity);
}

/** Whether this very request is recorded already, by an instrumented fetch above this one. */
export function isUnderWay(args: FetchArguments, url: string): boolean {
  const identity = identityOf(args);
  return identity !== undefined && requests.get(identity) === url;
}
