import type { Command } from "commander";

/** One command as completion offers it. */
export interface CommandWords {
  /** Words that lead to the command: `["dashboards", "write"]`; empty for the program itself. */
  readonly path: readonly string[];
  /** Words that may come next: commands, or the values of an argument. */
  readonly commands: readonly WordWithHelp[];
  readonly options: readonly OptionWord[];
}

/** A word and what it is for. */
export interface WordWithHelp {
  readonly word: string;
  readonly help: string;
}

/** An option, with its choices if it has some. */
export interface OptionWord extends WordWithHelp {
  readonly choices: readonly string[];
}

const HELP: OptionWord = { word: "--help", help: "display help for command", choices: [] };

/** The command and all below it, the deepest first, so that the first that fits is the one meant. */
export function describeCommands(command: Command, path: readonly string[] = []): readonly CommandWords[] {
  const below = command.commands.flatMap((child) => describeCommands(child, [...path, child.name()]));
  const children = command.commands.map((child) => ({ word: child.name(), help: child.description() }));
  const values = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((word) => ({ word, help: description })),
  );
  const options = command.options.flatMap(({ long, hidden, description, argChoices }) =>
    long && !hidden ? [{ word: long, help: description, choices: argChoices ?? [] }] : [],
  );
  return [...below, { path, commands: [...children, ...values], options: [...options, HELP] }];
}
