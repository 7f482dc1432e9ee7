import { VERSION } from "@intercom-telemetry/core";
import { createRedactor, GuardedCommand } from "@intercom-telemetry/guards/commands";
import { CommanderError } from "commander";
import type { CommandIo, ExitCode, GuardedIo } from "./command-io.ts";
import { createDoctorCommand } from "./doctor-command.ts";
import { createDrillCommand } from "./drill-command.ts";
import { createHashCommand } from "./hash-command.ts";
import { createServeCommand } from "./serve-command.ts";

/** The one place that everything a command prints goes through. */
function guardOutput(io: CommandIo): GuardedIo {
  const { learn, redact } = createRedactor();
  return {
    ...io,
    learnSecret: learn,
    writeOut: (text) => io.writeOut(redact(text)),
    writeError: (text) => io.writeError(redact(text)),
  };
}

/**
 * Runs the command line.
 *
 * @param args without the names of Node and of the command.
 * @returns the exit code. Rejects only for a fault of our own.
 */
export async function runCommand(args: readonly string[], unguarded: CommandIo): Promise<ExitCode> {
  const io = guardOutput(unguarded);
  let exitCode: ExitCode = 2;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  const program = new GuardedCommand("intercom-telemetry")
    .description("Examine and watch the connection to Intercom's API.")
    .version(VERSION);
  for (const create of [createDoctorCommand, createServeCommand, createDrillCommand, createHashCommand]) {
    program.addCommand(create(io, finish));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: io.writeOut, writeErr: io.writeError });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Help and version end here as well, with code 0; what they had to say is written.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}
