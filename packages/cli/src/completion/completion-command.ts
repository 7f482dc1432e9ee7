import { Argument, type Command } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import type { ExitCode } from "../errors/exit-codes.ts";
import { describeCommands } from "./describe-commands.ts";
import { renderCompletion, SHELLS, type Shell } from "./render-completion.ts";

/** `intercom-telemetry completion`. */
export function createCompletionCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  const command = new GuardedCommand("completion")
    .description("print the completion script of a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: Shell) => {
      io.writeOut(renderCompletion(shell, describeCommands(command.parent ?? command)));
      finish(0);
    });
  return command;
}
