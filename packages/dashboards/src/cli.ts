#!/usr/bin/env node
import { buildProgram } from "./cli/program.ts";

/** Exit code when the command could not do its work: bad arguments, bad configuration, a folder it may not touch. */
const FAILED = 2;

const program = buildProgram(
  {
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    // Beside `dist` in the package and beside `src` in the repository.
    runbooks: new URL("../runbooks/", import.meta.url),
  },
  (code) => {
    process.exitCode = code;
  },
);

try {
  await program.parseAsync();
} catch (error) {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith("commander.")) {
    process.exitCode = exitCode === 0 ? 0 : FAILED;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = FAILED;
  }
}
