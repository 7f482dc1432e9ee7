/** In the global symbol table: the copies of this package count together. */
const HAND_OVERS: unique symbol = Symbol.for("@intercom-telemetry/core.hand-overs.v1");

const holder = globalThis as { [HAND_OVERS]?: { depth: number } };
holder[HAND_OVERS] ??= { depth: 0 };
const handOvers = holder[HAND_OVERS];

/** An attempt hands its request to the transport below. */
export function beginHandOver(): void {
  handOvers.depth += 1;
}

/** It has done so. */
export function endHandOver(): void {
  handOvers.depth -= 1;
}

/**
 * Whether an attempt is handing its request over right now. A transport that is called by another instrumented one,
 * such as fetch by axios's fetch adapter, then records nothing: the attempt is recorded already.
 */
export function isHandingOver(): boolean {
  return handOvers.depth > 0;
}
