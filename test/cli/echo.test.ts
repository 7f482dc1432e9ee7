import type { Command } from "commander";
import { expect, it } from "vitest";
import { systemClock } from "../../packages/cli/src/probe/clock.ts";
import { createProgram } from "../../packages/cli/src/run-command.ts";
import { runCli } from "./command-line.ts";

/** What somebody typed in the wrong place. It begins as a token does, and none of its parts is a documented word. */
const SECRET = "dG9rOjNmNWI5ZTdhXzEyMzQ1Njc4OTA";

/** A secret as it is, and where a URL, a path, a pair or a list belongs. None leads out of this machine. */
const FORMS: readonly string[] = [
  SECRET,
  `http://user:${SECRET}@127.0.0.1:1/`,
  `http://127.0.0.1:1/${SECRET}`,
  `/dev/null/${SECRET}`,
  `${SECRET}=${SECRET}`,
  `contacts,${SECRET}`,
];

/** What a command needs to get as far as the argument in question. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  doctor: ["--status-url", "http://127.0.0.1:1/", "--timeout", "1"],
  drill: ["--alertmanager", "http://127.0.0.1:1", "--rules", "/dev/null", "--timeout", "1"],
  "dashboards write": ["/dev/null"],
  "dashboards check": ["/dev/null"],
  "dashboards explain": ["Unauthorized"],
  "dashboards backtest": ["--store", "http://127.0.0.1:1", "--timeout", "1"],
};

interface Invocation {
  readonly name: string;
  readonly args: readonly string[];
}

const companionsOf = (path: string, used: string): readonly string[] => {
  const companions = COMPANIONS[path] ?? [];
  const at = companions.indexOf(used);
  return at < 0 ? companions : companions.filter((_, index) => index !== at && index !== at + 1);
};

function listInvocations(command: Command, path: readonly string[]): readonly Invocation[] {
  const name = path.join(" ");
  const invoke = (place: string, form: string, args: readonly string[]): Invocation => ({
    name: `${name} ${place}: ${form}`,
    args: [...path, ...args],
  });
  // Any other folder would be made.
  const folders = name === "dashboards write" ? FORMS.filter((form) => form.startsWith("/dev/null/")) : FORMS;
  const own = FORMS.flatMap((form) => [
    ...folders.map((folder) => invoke("command or argument", folder, [folder])),
    invoke("argument too many", form, [...companionsOf(name, ""), form, form]),
    invoke("unknown option", form, [`--${form}`]),
    ...command.options.flatMap(({ long }) => [
      invoke(long ?? "", form, [...companionsOf(name, long ?? ""), long ?? "", form]),
      invoke(`${long}=`, form, [...companionsOf(name, long ?? ""), `${long}=${form}`]),
    ]),
  ]);
  return [...own, ...command.commands.flatMap((child) => listInvocations(child, [...path, child.name()]))];
}

const program = createProgram(
  {
    env: {},
    clock: systemClock,
    folder: ".",
    signal: AbortSignal.abort(),
    writeOut: () => {},
    writeError: () => {},
    isTerminal: false,
    readInput: async () => "",
    learnSecret: () => {},
  },
  () => {},
);

it.each(program.commands.map((command) => [command.name(), command] as const))(
  "%s and what is below it echo no argument, wherever it stands",
  async (name, command) => {
    const invocations = listInvocations(command, [name]);
    expect(invocations.length).toBeGreaterThan(FORMS.length);
    for (const { name: what, args } of invocations) {
      const { out, err } = await runCli(args, { signal: AbortSignal.abort() });
      expect(`${out}${err}`.toLowerCase(), what).not.toContain(SECRET.slice(0, 12).toLowerCase());
    }
  },
);

it("the program itself echoes no command and no option", async () => {
  for (const form of FORMS.flatMap((each) => [[each], [`--${each}`], ["help", each], ["--version", each]])) {
    const { out, err } = await runCli(form);
    expect(`${out}${err}`.toLowerCase()).not.toContain(SECRET.slice(0, 12).toLowerCase());
  }
});
