#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { openStandardStreams } from "./command/standard-streams.ts";
import { systemClock } from "./probe/clock.ts";
import { runCommand } from "./run-command.ts";

const ending = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());

const streams = openStandardStreams(process);
const exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  folder: ".",
  signal: ending.signal,
  writeOut: streams.writeOut,
  writeError: streams.writeError,
  isTerminal: process.stdout.isTTY === true,
  readInput: () => {
    if (process.stdin.isTTY) streams.writeError("Reading standard input until Ctrl-D.\n");
    return text(process.stdin);
  },
});
// A name that the resolver is still looking up would keep the process for many seconds more.
await streams.flush();
process.exit(streams.outputFailed() ? 1 : exitCode);
