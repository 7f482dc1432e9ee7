import { isObject } from "../is-object.ts";
import type { Outcome } from "./outcome.ts";

/** In the global symbol table: the copies of this package, and a retry policy beside it, read one another's outcomes. */
const OUTCOMES: unique symbol = Symbol.for("@intercom-telemetry/outcomes.v1");

interface OutcomeHolder {
  [OUTCOMES]?: WeakMap<object, Outcome>;
}

function outcomes(): WeakMap<object, Outcome> {
  const holder = globalThis as OutcomeHolder;
  holder[OUTCOMES] ??= new WeakMap();
  return holder[OUTCOMES];
}

/** Remembers the outcome of an attempt under what the caller gets of it: the response or the error. */
export function rememberOutcome(settled: unknown, outcome: Outcome | undefined): void {
  if (outcome && isObject(settled)) outcomes().set(settled, outcome);
}

/** The outcome of the attempt that settled with this response or error, when it was recorded. */
export function outcomeOf(settled: unknown): Outcome | undefined {
  if (!isObject(settled)) return undefined;
  const known = outcomes().get(settled);
  if (known) return known;
  // What fails after the adapter has responded (a transform, a status check) is another error with the same response.
  return isObject(settled.response) ? outcomes().get(settled.response) : undefined;
}
