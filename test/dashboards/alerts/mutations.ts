import type { Mutation } from "./scenario.ts";

/** Moves the threshold up, so that the trouble no longer fires, and down, so that what is under it does. */
export function moveThreshold(
  comparison: ">" | "<",
  threshold: number,
  [up, down]: readonly [number, number],
): readonly Mutation[] {
  const from = `) ${comparison} ${threshold}`;
  return [
    { what: `threshold ${threshold} moved to ${up}`, from, to: `) ${comparison} ${up}` },
    { what: `threshold ${threshold} moved to ${down}`, from, to: `) ${comparison} ${down}` },
  ];
}

/** The share's threshold doubled, and lowered by a fifth. */
export function moveShare(threshold: number): readonly Mutation[] {
  return moveThreshold(">", threshold, [threshold * 2, threshold * 0.8]);
}

/** A label matcher or a metric that finds nothing any more. */
export function breakMatcher(from: string, to: string): Mutation {
  return { what: `${from} changed to ${to}`, from, to };
}

/** The volume guard let everything through. */
export function dropGuard(guard: number): Mutation {
  return { what: `guard of ${guard} dropped`, from: `>= ${guard}`, to: ">= 0" };
}
