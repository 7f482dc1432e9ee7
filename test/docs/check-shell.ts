import { readdirSync, readFileSync } from "node:fs";
import { listCommands } from "../../packages/site/scripts/list-commands.ts";
import { ROOT } from "./pages.ts";

/** What a reader has: the shell's own, and programs that a page is about. */
const PROGRAMS = new Set(
  "cat cd curl do docker done echo esbuild export for git grep if in kill kubectl mimirtool mkdir node npm npx pnpm printf then fi".split(
    " ",
  ),
);
/** Of npm itself, without a script of ours. */
const NPM = new Set("init install ci start test ls pack run view exec".split(" "));

/** Our command line, as the program itself has it. */
const COMMANDS = new Map(listCommands().map((command) => [command.name, command]));
const COMMAND = "intercom-telemetry";
const ALWAYS = ["--help", "--version"];

/** Packages of ours that are published, or will be with the next release. */
const OURS = new Set([
  ...readdirSync(`${ROOT}packages`).map((name) => `@intercom-telemetry/${name}`),
  "@intercom-telemetry/register",
]);
const catalog = readFileSync(`${ROOT}pnpm-workspace.yaml`, "utf8");
const isKnownPackage = (name: string): boolean =>
  name.startsWith("@intercom-telemetry/")
    ? OURS.has(name)
    : catalog.includes(`  ${name}:`) || catalog.includes(`  "${name}":`) || /^@opentelemetry\//.test(name);

/** The commands of a block: comments, continued lines, pipes and lists taken apart. */
function commandsOf(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").replace(/"[^"]*"|'[^']*'/g, '""'))
    .flatMap((line) => line.split(/&&|\|\||[|;]/))
    .map((command) =>
      command
        .trim()
        .split(/\s+/)
        .filter((word) => !/^\w+=/.test(word)),
    )
    .filter(([first]) => first !== undefined && first !== "");
}

function checkOwn(name: string, args: readonly string[]): string | undefined {
  const { commands = [], options = [] } = COMMANDS.get(name) ?? {};
  const [next] = args;
  if (commands.length > 0 && next !== undefined && !next.startsWith("-")) {
    return commands.includes(next)
      ? checkOwn(`${name} ${next}`, args.slice(1))
      : `${name} has no command ${next}`;
  }
  const flags = [...ALWAYS, ...options.flatMap(({ long, short }) => [long, short])];
  const unknown = args.filter((word) => word.startsWith("-")).find((word) => !flags.includes(word));
  return unknown && `${name} has no option ${unknown}`;
}

function checkNpx(args: readonly string[]): string | undefined {
  const packageAt = args.findIndex((word) => /^(-p|--package)$/.test(word));
  const rest = packageAt < 0 ? args.filter((word) => word !== "--yes") : args.slice(packageAt + 2);
  const from = packageAt < 0 ? undefined : args[packageAt + 1];
  if (from !== undefined && !isKnownPackage(from)) return `no package ${from}`;
  const [name = "", ...others] = rest;
  if (name === "@intercom-telemetry/cli" || name === COMMAND) return checkOwn(COMMAND, others);
  return isKnownPackage(name) || name === "changeset" ? undefined : `npx: no package ${name}`;
}

function checkNpm(
  [command = "", ...args]: readonly string[],
  scripts: readonly string[],
): string | undefined {
  if (command === "run") {
    const [script = ""] = args;
    return scripts.includes(script) ? undefined : `no script ${script}`;
  }
  if (!NPM.has(command)) return `npm has no command ${command}`;
  if (command === "start" && !scripts.includes("start")) return "no script start";
  if (command !== "install") return undefined;
  const names = args
    .filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/(?<=.)@[\d.]+$/, ""));
  const unknown = names.filter((name) => !isKnownPackage(name));
  return unknown.length === 0 ? undefined : `no package ${unknown.join(", ")}`;
}

/** What does not exist of that which a block calls. */
export function checkShell(text: string, scripts: readonly string[]): readonly string[] {
  return commandsOf(text).flatMap(([program = "", ...args]) => {
    if (program === COMMAND) return checkOwn(COMMAND, args) ?? [];
    if (!PROGRAMS.has(program)) return [`no program ${program}`];
    if (program === "npx") return checkNpx(args) ?? [];
    if (program === "npm") return checkNpm(args, scripts) ?? [];
    return [];
  });
}
