import type { Terminal } from "./program.ts";
import { buildProgram } from "./program.ts";

/** Exit code when the command could not do its work: bad arguments, bad configuration, a folder it may not touch. */
const FAILED = 2;

/** Runs `intercom-dashboards` with these arguments. @returns the exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    const { code, exitCode: ending } = error as { code?: string; exitCode?: number };
    // Help and version end in commander's error too, with exit code 0; commander has printed what was wrong.
    if (code?.startsWith("commander.")) return ending === 0 ? 0 : FAILED;
    terminal.printError(`${error instanceof Error ? error.message : String(error)}\n`);
    return FAILED;
  }
}
