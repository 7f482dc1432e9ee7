import { isObject } from "../is-object.ts";
import { sharedState } from "../shared-state.ts";
import type { Outcome } from "./outcome.ts";

/** An attempt of the official SDK that has failed in this turn of the event loop. */
export interface RecentFailure {
  readonly outcome: Outcome;
  /** What fetch rejected with; absent when a response arrived. */
  readonly error: unknown;
}

interface Store {
  readonly bySettled: WeakMap<object, Outcome>;
  recent: RecentFailure[];
}

/** A retry policy beside another copy of this package reads its outcomes. */
const store = sharedState<Store>("core.outcomes.1", () => ({ bySettled: new WeakMap(), recent: [] }));

/** More failures in one turn than this are not told apart anyway. */
const MOST_RECENT = 100;

function forgetRecent(): void {
  store.recent = [];
}

/** Remembers the outcome of an attempt under what the caller gets of it: the response, its headers, or the error. */
export function rememberOutcome(settled: unknown, outcome: Outcome | undefined): void {
  if (outcome && isObject(settled)) store.bySettled.set(settled, outcome);
}

/** The outcome of the attempt that settled with this response or error, when it was recorded. */
export function outcomeOf(settled: unknown): Outcome | undefined {
  if (!isObject(settled)) return undefined;
  const { response, rawResponse, headers } = settled;
  // What fails after the transport has responded (a transform, a status check) is another error with the same response.
  // The official SDKs 6 and 7 keep of a response nothing but its headers.
  const keys = [settled, response, isObject(rawResponse) ? rawResponse.headers : undefined, headers];
  for (const key of keys) {
    const outcome = isObject(key) ? store.bySettled.get(key) : undefined;
    if (outcome) return outcome;
  }
  return undefined;
}

/**
 * Remembers a failure until the current turn of the event loop ends. The official SDK's error keeps only a
 * message, so this lets the code that catches it at once learn what it was.
 */
export function rememberRecent(failure: RecentFailure): void {
  if (store.recent.length === 0) setTimeout(forgetRecent, 0);
  if (store.recent.length < MOST_RECENT) store.recent.push(failure);
}

/** The failures of the official SDK's attempts in this turn whose errors have not been found. */
export function recentFailures(): readonly RecentFailure[] {
  return store.recent;
}

/** The error of a recent failure has been found: it is no other's. */
export function claimRecent(failure: RecentFailure, caught: unknown): void {
  store.recent = store.recent.filter((recent) => recent !== failure);
  rememberOutcome(caught, failure.outcome);
}
