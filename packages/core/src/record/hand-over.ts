import type { Operation, RequestTarget } from "../classify/index.ts";

/** A request that an attempt has handed over, and that has not come to an instrumented fetch yet. */
interface Expected {
  readonly key: string;
}

interface HandOvers {
  depth: number;
  /** How often a transport below has found that it is handed a request that is recorded already. */
  taken: number;
  /** Instrumented global fetches: only these can lie below another transport that calls them later. */
  globalFetches: number;
  readonly expected: Map<string, Set<Expected>>;
}

/** In the global symbol table: the copies of this package count together. */
const HAND_OVERS: unique symbol = Symbol.for("@intercom-telemetry/core.hand-overs.v1");

const holder = globalThis as { [HAND_OVERS]?: HandOvers };
holder[HAND_OVERS] ??= { depth: 0, taken: 0, globalFetches: 0, expected: new Map() };
const handOvers = holder[HAND_OVERS];

const keyOf = ({ method }: Operation, { protocol, hostname, port, basePath, path }: RequestTarget): string =>
  `${method} ${protocol}//${hostname}:${port}${basePath}${path}`;

/** An attempt hands its request to the transport below. @returns for `wasTaken`. */
export function beginHandOver(): number {
  handOvers.depth += 1;
  return handOvers.taken;
}

/** It has done so. */
export function endHandOver(): void {
  handOvers.depth -= 1;
}

/** Whether a transport below has got the request since. */
export const wasTaken = (since: number): boolean => handOvers.taken !== since;

/**
 * Whether an attempt is handing its request over right now. A transport that is called by another instrumented one,
 * such as fetch by axios's fetch adapter, then records nothing: the attempt is recorded already.
 */
export function isHandingOver(): boolean {
  if (handOvers.depth === 0) return false;
  handOvers.taken += 1;
  return true;
}

/** The global fetch is instrumented, or no longer. */
export function countGlobalFetch(change: 1 | -1): void {
  handOvers.globalFetches += change;
}

/**
 * The transport below may call fetch later, such as axios's fetch adapter once it has measured a body.
 *
 * @returns a function that ends it; `undefined` when nothing is expected.
 */
export function expectFetch(operation: Operation, target: RequestTarget): (() => void) | undefined {
  if (handOvers.globalFetches === 0) return undefined;
  const expected = { key: keyOf(operation, target) };
  const those = handOvers.expected.get(expected.key) ?? new Set();
  handOvers.expected.set(expected.key, those.add(expected));
  return () => forget(expected);
}

function forget(expected: Expected): void {
  const those = handOvers.expected.get(expected.key);
  if (those?.delete(expected) && those.size === 0) handOvers.expected.delete(expected.key);
}

/** Whether a fetch is one that an attempt above is waiting for. It stands for one such attempt, once. */
export function takeExpected(operation: Operation, target: RequestTarget): boolean {
  if (handOvers.expected.size === 0) return false;
  const [expected] = handOvers.expected.get(keyOf(operation, target)) ?? [];
  if (expected) forget(expected);
  return expected !== undefined;
}
