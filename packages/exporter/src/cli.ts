#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { runCommand } from "./cli/run-command.ts";
import { systemClock } from "./probe/clock.ts";

const ending = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on("error", () => process.exit());

const exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  signal: ending.signal,
  writeOut: (output) => process.stdout.write(output),
  writeError: (output) => process.stderr.write(output),
  isTerminal: process.stdout.isTTY === true,
  readInput: () => text(process.stdin),
});
// A name that the resolver is still looking up would keep the process for many seconds more.
process.stdout.write("", () => process.exit(exitCode));
