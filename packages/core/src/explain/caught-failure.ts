import type { Ending, Operation } from "../classify/index.ts";

/** What was found in something that was caught: how the request ended, and what it asked for where that is known. */
export interface CaughtFailure {
  readonly ending: Ending;
  readonly operation?: Operation | undefined;
}
