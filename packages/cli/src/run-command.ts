import { VERSION } from "@intercom-telemetry/core";
import type { Command } from "commander";
import type { CommandIo, GuardedIo } from "./command/command-io.ts";
import { GuardedCommand } from "./command/guarded-command.ts";
import { createRedactor } from "./command/redactor.ts";
import { createCompletionCommand } from "./completion/completion-command.ts";
import { createDashboardsCommand } from "./dashboards/dashboards-command.ts";
import { createDoctorCommand } from "./doctor/doctor-command.ts";
import { createDrillCommand } from "./drill/drill-command.ts";
import { EXIT_CODES_HELP, type ExitCode, endWith } from "./errors/exit-codes.ts";
import { createHashCommand } from "./hash/hash-command.ts";
import { createServeCommand } from "./serve/serve-command.ts";
import { createSimulateCommand } from "./simulate/simulate-command.ts";

const COMMANDS = [
  createDoctorCommand,
  createServeCommand,
  createDrillCommand,
  createHashCommand,
  createDashboardsCommand,
  createSimulateCommand,
  createCompletionCommand,
];

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

/** What holds for every command, however deep. */
function prepare(command: Command, io: GuardedIo): void {
  command.exitOverride().configureOutput({ writeOut: io.writeOut, writeErr: io.writeError });
  if (command.commands.length === 0) command.addHelpText("after", EXIT_CODES_HELP);
  for (const child of command.commands) prepare(child, io);
}

/** Builds the whole command. `finish` is called with the exit code of the command that ran. */
export function createProgram(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  const program = new GuardedCommand("intercom-telemetry")
    .description("Examine, watch and rehearse the connection to Intercom's API.")
    .version(VERSION);
  for (const create of COMMANDS) program.addCommand(create(io, finish));
  prepare(program, io);
  return program;
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
  try {
    await createProgram(io, (code) => {
      exitCode = code;
    }).parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return endWith(error, io.writeError);
  }
}
