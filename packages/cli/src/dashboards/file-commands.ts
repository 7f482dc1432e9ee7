import {
  checkFiles,
  type Difference,
  ForeignFileError,
  renderFiles,
  TARGETS,
  type Target,
  writeFiles,
} from "@intercom-telemetry/dashboards";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { DEFAULT_FILE_HELP } from "../config/config-file.ts";
import { CommandFailure, type ExitCode, UsageError } from "../errors/exit-codes.ts";
import { readConfig } from "./read-config.ts";

interface FileOptions {
  readonly target: readonly Target[];
  readonly config?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const isTarget = (name: string): name is Target => TARGETS.some((target) => target === name);

/** Reads `grafana,prometheus`. */
function parseTargets(given: string): readonly Target[] {
  const names = given.split(",").map((name) => name.trim());
  if (!names.every(isTarget)) throw new InvalidArgumentError(`Expected some of ${TARGETS.join(", ")}.`);
  return names;
}

/** Works on the folder that was given, whose path no message repeats. */
function inFolder<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    if (error instanceof ForeignFileError) {
      const advice = "Move them away, or replace them with --force.";
      throw new CommandFailure(`${error.message}\n${advice}`, { cause: error });
    }
    const { code, message } = error as NodeJS.ErrnoException;
    // The system's own messages repeat paths.
    const reason = code === undefined ? message : `the folder cannot be used (${code})`;
    throw new CommandFailure(reason, { cause: error });
  }
}

async function write(
  io: GuardedIo,
  folder: string,
  { config, target, force, json }: FileOptions,
): Promise<ExitCode> {
  const files = renderFiles(await readConfig(config, io), target);
  const result = inFolder(() => writeFiles(folder, files, force));
  const { written, unchanged } = result;
  const lines = [
    ...written.map((path) => `wrote ${path}`),
    `${written.length} written, ${unchanged.length} already up to date`,
  ];
  io.writeOut(`${json ? JSON.stringify(result) : lines.join("\n")}\n`);
  return 0;
}

function describeDifference({ path, kind, line, expected, found }: Difference): string {
  if (kind === "missing") return `${path}: missing`;
  return `${path}:${line}: differs\n  expected: ${expected}\n  found:    ${found}`;
}

async function check(
  io: GuardedIo,
  folder: string,
  { config, target, json }: FileOptions,
): Promise<ExitCode> {
  const files = renderFiles(await readConfig(config, io), target);
  const differences = inFolder(() => checkFiles(folder, files));
  const report = { files: files.length, differences };
  const lines = [
    ...differences.map(describeDifference),
    `${differences.length} of ${files.length} files differ`,
  ];
  io.writeOut(`${json ? JSON.stringify(report) : lines.join("\n")}\n`);
  return differences.length === 0 ? 0 : 1;
}

function createFileCommand(name: string, description: string): Command {
  return new GuardedCommand(name)
    .description(description)
    .argument("<folder>", "folder of the files")
    .addOption(
      new Option("--target <names>", "which files, several with commas between them")
        .choices(TARGETS)
        .argParser(parseTargets)
        .default(TARGETS, "all"),
    )
    .option("--config <file>", `configuration, YAML or JSON ${DEFAULT_FILE_HELP}`)
    .option("--json", "one line of JSON");
}

/** `intercom-telemetry dashboards write`. */
export function createWriteCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return createFileCommand("write", "write dashboards, rules, alerts and runbooks to a folder")
    .option("--force", "replace files that were not generated, or were edited since")
    .action(async (folder: string, options: FileOptions) => finish(await write(io, folder, options)));
}

/** `intercom-telemetry dashboards check`. */
export function createCheckCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return createFileCommand("check", "compare a folder with what would be written to it").action(
    async (folder: string, options: FileOptions) => finish(await check(io, folder, options)),
  );
}
