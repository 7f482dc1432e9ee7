#!/usr/bin/env node
import { runCommand } from "./cli/run-command.ts";

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
  // Beside `dist` in the package and beside `src` in the repository.
  runbooks: new URL("../runbooks/", import.meta.url),
});
