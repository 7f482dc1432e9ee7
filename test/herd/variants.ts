/** The ways of calling that are compared. */
export const VARIANTS = [
  "intercomRetry with throttle",
  "intercomRetry",
  "the reference's loop",
  "intercom-client 7, as it comes",
] as const;

export type Variant = (typeof VARIANTS)[number];

/** What a process is to do. */
export interface HerdTask {
  readonly variant: Variant;
  readonly url: string;
  readonly token: string;
  /** Name of the process for the simulator. */
  readonly process: string;
  readonly callsPerSecond: number;
  readonly startEpochMilliseconds: number;
  readonly endEpochMilliseconds: number;
}

/** What became of its calls. */
export interface HerdReport {
  readonly made: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Longest time for which the process was busy or not scheduled, in seconds. */
  readonly longestStallSeconds: number;
}
