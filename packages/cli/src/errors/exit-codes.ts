import { CommanderError } from "commander";

/** How every command ends: 0 when all is well, 1 when it found a problem or failed, 2 when it was used wrongly. */
export type ExitCode = 0 | 1 | 2;

/** Shown below the help of every command. */
export const EXIT_CODES_HELP = `
Exit codes: 0 success, 1 a problem was found or the command failed, 2 wrong usage or configuration.`;

/** The command was called or configured wrongly. The message has one line for each problem, and repeats no argument. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";

  constructor(problems: string | readonly string[], options?: ErrorOptions) {
    super(typeof problems === "string" ? problems : problems.join("\n"), options);
  }
}

/** The command was used correctly and could not do its work. The message repeats no argument. */
export class CommandFailure extends Error {
  override readonly name: string = "CommandFailure";
}

/** The one place that turns what a command threw into its exit code. Throws on what is a fault of our own. */
export function endWith(error: unknown, writeError: (text: string) => void): ExitCode {
  // Help and version end here as well, with code 0. What commander had to say is written.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof UsageError || error instanceof CommandFailure)) throw error;
  writeError(`${error.message}\n`);
  return error instanceof UsageError ? 2 : 1;
}
