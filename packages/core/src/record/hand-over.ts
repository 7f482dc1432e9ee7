import type { Operation, RequestTarget } from "../classify/index.ts";
import { sharedState } from "../shared-state.ts";

/** A request that was handed over, and has not come to an instrumented fetch yet. */
interface HandedOver {
  readonly operation: Operation;
  readonly target: RequestTarget;
}

interface HandOvers {
  /** Attempts that hand their requests over right now. */
  depth: number;
  /** How often a transport below has found that it is handed a request that is recorded already. */
  taken: number;
  /** Instrumented global fetches: only these can lie below another transport that calls them later. */
  globalFetches: number;
  /** What they are to expect, such as that of axios's fetch adapter once it has measured a body. */
  readonly expected: Set<HandedOver>;
}

/** What is on its way from attempts to the transports below them. */
export const handOvers: HandOvers = sharedState("core.hand-overs.1", () => ({
  depth: 0,
  taken: 0,
  globalFetches: 0,
  expected: new Set(),
}));

/**
 * Whether an attempt is handing its request over right now. A transport that is called by another instrumented one,
 * such as fetch by axios's fetch adapter, then records nothing: the attempt is recorded already.
 */
export function isHandingOver(): boolean {
  if (handOvers.depth === 0) return false;
  handOvers.taken += 1;
  return true;
}

/** It will not come any more. Nearly always none is expected, and then this costs next to nothing. */
export function forgetExpected(handedOver: HandedOver): void {
  if (handOvers.expected.size > 0) handOvers.expected.delete(handedOver);
}
