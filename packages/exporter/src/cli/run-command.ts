import { VERSION } from "@intercom-telemetry/core";
import { Command, CommanderError } from "commander";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { createDoctorCommand } from "./doctor-command.ts";
import { createDrillCommand } from "./drill-command.ts";
import { createHashCommand } from "./hash-command.ts";
import { createServeCommand } from "./serve-command.ts";

/**
 * Runs the command line.
 *
 * @param args without the names of Node and of the command.
 * @returns the exit code. Rejects only for a fault of our own.
 */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  let exitCode: ExitCode = 2;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  const program = new Command("intercom-telemetry")
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
