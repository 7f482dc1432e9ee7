import type { Clock } from "../probe/clock.ts";
import type { Environment } from "../probe/proxy.ts";

/** Everything that a command touches outside itself. */
export interface CommandIo {
  readonly env: Environment;
  readonly clock: Clock;
  /** Aborts when the command shall end. */
  readonly signal: AbortSignal;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly readInput: () => Promise<string>;
}

/** How a command ended: 0 well, 1 with a problem, 2 when it was not or could not be done. */
export type ExitCode = 0 | 1 | 2;
