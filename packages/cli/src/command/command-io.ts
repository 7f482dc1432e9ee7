import type { Clock } from "../probe/clock.ts";
import type { Environment } from "../probe/proxy.ts";

/** Everything that a command touches outside itself. */
export interface CommandIo {
  readonly env: Environment;
  readonly clock: Clock;
  /** The current folder, as paths begin. */
  readonly folder: string;
  /** Aborts when the command shall end. */
  readonly signal: AbortSignal;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly readInput: () => Promise<string>;
}

/** The same as commands get it: what they write is redacted. */
export interface GuardedIo extends CommandIo {
  /** Keeps a secret out of everything that is written from here on, in whatever form it comes back. */
  readonly learnSecret: (secret: string) => void;
}
