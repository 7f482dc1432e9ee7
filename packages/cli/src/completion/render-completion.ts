import type { CommandWords, OptionWord } from "./describe-commands.ts";

/** The shells that have a script. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** Name of a shell. */
export type Shell = (typeof SHELLS)[number];

const NAME = "intercom-telemetry";

const wordsOf = ({ commands, options }: CommandWords): string =>
  [...commands, ...options].map(({ word }) => word).join(" ");

/** Each option with choices once, whichever command has it. */
function choicesIn(all: readonly CommandWords[]): readonly OptionWord[] {
  const options = all.flatMap((command) => command.options).filter(({ choices }) => choices.length > 0);
  return [...new Map(options.map((option) => [option.word, option])).values()];
}

const pathCases = (all: readonly CommandWords[], assign: (words: string) => string): readonly string[] =>
  all.map((command) => `    "${command.path.join(" ")}"*) ${assign(wordsOf(command))} ;;`);

const choiceCases = (all: readonly CommandWords[], assign: (words: string) => string): readonly string[] =>
  choicesIn(all).map(({ word, choices }) => `    ${word}) ${assign(choices.join(" "))} ;;`);

function renderBash(all: readonly CommandWords[]): string {
  const assign = (words: string) => `words="${words}"`;
  return [
    "_intercom_telemetry() {",
    "  local words",
    `  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in`,
    ...pathCases(all, assign),
    "  esac",
    `  case "\${COMP_WORDS[COMP_CWORD-1]}" in`,
    ...choiceCases(all, assign),
    "  esac",
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    "}",
    `complete -o default -F _intercom_telemetry ${NAME}`,
  ].join("\n");
}

function renderZsh(all: readonly CommandWords[]): string {
  const assign = (words: string) => `candidates=(${words})`;
  return [
    `#compdef ${NAME}`,
    "_intercom_telemetry() {",
    "  local -a candidates",
    `  case "\${(j: :)words[2,CURRENT-1]}" in`,
    ...pathCases(all, assign),
    "  esac",
    `  case "\${words[CURRENT-1]}" in`,
    ...choiceCases(all, assign),
    "  esac",
    "  compadd -- $candidates || _files",
    "}",
    `compdef _intercom_telemetry ${NAME}`,
  ].join("\n");
}

const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function renderFish(all: readonly CommandWords[]): string {
  const lines = all.flatMap(({ path, commands, options }) => {
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const isHere = [
      ...seen,
      commands.length > 0
        ? `not __fish_seen_subcommand_from ${commands.map(({ word }) => word).join(" ")}`
        : "",
    ];
    const condition = quote(isHere.filter((part) => part !== "").join("; and "));
    const begin = `complete -c ${NAME} -n ${condition}`;
    return [
      ...commands.map(({ word, help }) => `${begin} -f -a ${word} -d ${quote(help)}`),
      ...options.map(({ word, help, choices }) => {
        const values = choices.length > 0 ? ` -x -a ${quote(choices.join(" "))}` : "";
        return `${begin} -l ${word.slice(2)}${values} -d ${quote(help)}`;
      }),
    ];
  });
  return lines.join("\n");
}

const RENDERERS: Readonly<Record<Shell, (all: readonly CommandWords[]) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** The script that a shell reads to complete the command. */
export const renderCompletion = (shell: Shell, all: readonly CommandWords[]): string =>
  `${RENDERERS[shell](all)}\n`;
