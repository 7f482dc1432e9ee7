import { type Argument, Command, type ErrorOptions, InvalidArgumentError, type Option } from "commander";

/** Errors of commander whose messages hold documented words only: flags, names of arguments, counts. */
const HARMLESS: ReadonlySet<string | undefined> = new Set([
  "commander.missingArgument",
  "commander.optionMissingArgument",
  "commander.missingMandatoryOptionValue",
  "commander.conflictingOption",
  "commander.excessArguments",
]);

const namesOf = ({ commands }: Command): readonly string[] => commands.map((command) => command.name());

/**
 * A command whose errors never repeat an argument: a token is easily typed where something else belongs, and the
 * output of a command ends in logs. Documented flags and names are all that a message names. The message of an
 * `InvalidArgumentError` is printed as it is, so parsers say what they expected and not what came.
 */
export class GuardedCommand extends Command {
  /** What the parser that just refused a value had expected, and where. */
  #refusal: { readonly place: string; readonly expected: string } | undefined;

  override createCommand(name?: string): GuardedCommand {
    return new GuardedCommand(name);
  }

  override addOption(option: Option): this {
    return super.addOption(this.#watchParser(option, `option '${option.flags}'`));
  }

  override addArgument(argument: Argument): this {
    return super.addArgument(this.#watchParser(argument, `argument '${argument.name()}'`));
  }

  /** @returns a copy, since several commands may have the same option. */
  #watchParser<Parsed extends Option | Argument>(parsed: Parsed, place: string): Parsed {
    const { parseArg } = parsed;
    if (!parseArg) return parsed;
    const watched: Parsed = Object.assign(Object.create(Object.getPrototypeOf(parsed)), parsed);
    watched.argParser((given: string, before: unknown) => {
      try {
        return parseArg.call(parsed, given, before as never);
      } catch (error) {
        if (error instanceof InvalidArgumentError) this.#refusal = { place, expected: error.message };
        throw error;
      }
    });
    return watched;
  }

  override error(message: string, options: ErrorOptions = {}): never {
    return super.error(`error: ${this.#describe(message, options.code)}`, options);
  }

  #describe(message: string, code: string | undefined): string {
    if (HARMLESS.has(code)) return message.replace(/^error: /, "");
    if (code === "commander.invalidArgument" && this.#refusal) {
      const { place, expected } = this.#refusal;
      return `${place}: ${expected}`;
    }
    if (code === "commander.unknownOption") return `unknown option${this.#suggest(message)}`;
    if (code === "commander.unknownCommand") {
      return `unknown command, ${this.#findBelow(message) ?? `expected one of ${namesOf(this).join(", ")}`}`;
    }
    return "wrong arguments, see --help";
  }

  /** Where the command is that somebody looked for one level too high, if anywhere. */
  #findBelow(message: string): string | undefined {
    const [, given] = /'(.*?)'/.exec(message) ?? [];
    for (const command of this.commands) {
      const name = namesOf(command).find((each) => each === given);
      if (name !== undefined) return `did you mean ${command.name()} ${name}?`;
    }
    return undefined;
  }

  /** The documented flag that commander found near, if any. */
  #suggest(message: string): string {
    const near = message.slice(message.lastIndexOf("(Did you mean"));
    const flag = this.options.find(({ long }) => long && near.includes(`${long}?`))?.long;
    return flag ? `, did you mean ${flag}?` : ", see --help";
  }
}
