/** A stretch of time. */
export interface Stretch {
  readonly fromMilliseconds: number;
  readonly toMilliseconds: number;
}

/** Joins stretches that overlap or touch; what is left is in the order of time. */
export function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.fromMilliseconds - b.fromMilliseconds)) {
    const { fromMilliseconds, toMilliseconds } = stretch;
    const last = joined.at(-1);
    if (last === undefined || fromMilliseconds > last.toMilliseconds) joined.push(stretch);
    else
      joined[joined.length - 1] = { ...last, toMilliseconds: Math.max(last.toMilliseconds, toMilliseconds) };
  }
  return joined;
}
