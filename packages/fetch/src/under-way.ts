import { isObject } from "@intercom-telemetry/core/record";
import type { FetchArguments } from "./outgoing-request.ts";

interface UnderWay {
  /** Instrumented global fetches: only these can lie below another instrumented one without being called by it. */
  globalFetches: number;
  /** URL of each request, by its init or Request. */
  readonly urls: WeakMap<object, string>;
}

/** In the global symbol table: the ESM and the CJS copy of this package see each other's requests. */
const UNDER_WAY: unique symbol = Symbol.for("@intercom-telemetry/fetch.under-way.v1");
const holder = globalThis as { [UNDER_WAY]?: UnderWay };
holder[UNDER_WAY] ??= { globalFetches: 0, urls: new WeakMap() };
const state = holder[UNDER_WAY];

/** What a request is known by, when a fetch in between hands it on later: its init, else its Request. */
function identityOf([input, init]: readonly unknown[]): object | undefined {
  if (state.globalFetches === 0) return undefined;
  if (isObject(init)) return init;
  return isObject(input) ? input : undefined;
}

/** The global fetch is instrumented, or no longer. */
export function countGlobalFetch(change: 1 | -1): void {
  state.globalFetches += change;
}

/** A request is recorded from here on. */
export function underWay(args: FetchArguments, url: string): void {
  const identity = identityOf(args);
  if (identity) state.urls.set(identity, url);
}

/** Its fetch has settled. */
export function settled(args: FetchArguments): void {
  const identity = identityOf(args);
  if (identity) state.urls.delete(identity);
}

/** Whether this very request is recorded already, by an instrumented fetch above this one. */
export function isUnderWay(args: FetchArguments, url: string): boolean {
  const identity = identityOf(args);
  return identity !== undefined && state.urls.get(identity) === url;
}
