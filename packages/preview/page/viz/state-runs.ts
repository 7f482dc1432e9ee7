/** A stretch of time in one state. */
export interface StateRun<State> {
  readonly fromMilliseconds: number;
  readonly toMilliseconds: number;
  readonly state: State;
}

/**
 * Joins neighboring samples of the same state.
 * A sample stands for one step of time; where samples are missing a run ends.
 */
export function joinStates<State>(
  times: readonly number[],
  states: readonly State[],
  stepMilliseconds: number,
): readonly StateRun<State>[] {
  const runs: { fromMilliseconds: number; toMilliseconds: number; state: State }[] = [];
  for (const [index, time] of times.entries()) {
    const state = states[index] as State;
    const last = runs.at(-1);
    if (last !== undefined && last.state === state && time <= last.toMilliseconds) {
      last.toMilliseconds = time + stepMilliseconds;
    } else {
      runs.push({ fromMilliseconds: time, toMilliseconds: time + stepMilliseconds, state });
    }
  }
  return runs;
}
