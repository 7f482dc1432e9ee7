import { systemClock } from "../../cli/src/probe/clock.ts";
import { createProgram } from "../../cli/src/run-command.ts";

type Command = ReturnType<typeof createProgram>;

/** One command that a reader may type. */
export interface CommandDescription {
  /** Such as `intercom-telemetry dashboards write`. */
  readonly name: string;
  readonly description: string;
  readonly commands: readonly string[];
  readonly args: Command["registeredArguments"];
  readonly options: Command["options"];
}

function describe(command: Command, parents: readonly string[]): readonly CommandDescription[] {
  const path = [...parents, command.name()];
  const { commands, options, registeredArguments: args } = command;
  const own = {
    name: path.join(" "),
    description: command.description(),
    commands: commands.map((each) => each.name()),
    args,
    options: options.filter(({ hidden }) => !hidden),
  };
  return [own, ...commands.flatMap((each) => describe(each, path))];
}

/** The whole command line, from the program itself; nothing of it is run. */
export function listCommands(): readonly CommandDescription[] {
  const io = {
    env: {},
    clock: systemClock,
    folder: ".",
    signal: new AbortController().signal,
    isTerminal: false,
    writeOut() {},
    writeError() {},
    learnSecret() {},
    readInput: () => Promise.resolve(""),
  };
  return describe(
    createProgram(io, () => {}),
    [],
  );
}
