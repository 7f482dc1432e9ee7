/** Which cases are drawn, and how a failing one is reported. */
export interface RunParameters {
  readonly seed: number;
  readonly numRuns: number;
  readonly includeErrorInReport: true;
}

/** One thing that is fuzzed. */
export interface Target {
  readonly name: string;
  /** Share of the cases that this target gets. */
  readonly weight: number;
  /**
   * Runs as many cases as asked for.
   *
   * @throws with fast-check's report when one of them breaks a rule.
   */
  run(parameters: RunParameters): Promise<void>;
}
