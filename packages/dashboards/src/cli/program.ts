import { GuardedCommand } from "@intercom-telemetry/guards/commands";
import type { Command } from "commander";
import { addBacktest } from "../backtest/command.ts";
import { createModel } from "../model.ts";
import type { Target } from "../targets/render-files.ts";
import { renderFiles, TARGETS } from "../targets/render-files.ts";
import type { Difference } from "../write/check-files.ts";
import { checkFiles } from "../write/check-files.ts";
import { ForeignFileError, writeFiles } from "../write/write-files.ts";
import { explain } from "./explain.ts";
import { renderList } from "./list.ts";
import { parseTargets } from "./parse-targets.ts";
import { readConfig } from "./read-config.ts";

/** What the command does to the world. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Folder with the runbooks, ending in `/`. */
  readonly runbooks: URL;
}

/** Exit code of a `check` that found a difference. */
const DIFFERENT = 1;

interface FileOptions {
  readonly target: readonly Target[];
  readonly config?: string;
  readonly force?: boolean;
}

function describeDifference({ path, kind, line, expected, found }: Difference): string {
  if (kind === "missing") return `${path}: missing`;
  return `${path}:${line}: differs\n  expected: ${expected}\n  found:    ${found}`;
}

function write(terminal: Terminal, folder: string, options: FileOptions): void {
  const files = renderFiles(readConfig(options.config), options.target);
  try {
    const { written, unchanged } = writeFiles(folder, files, options.force);
    for (const path of written) terminal.print(`wrote ${path}\n`);
    terminal.print(`${written.length} written, ${unchanged.length} already up to date\n`);
  } catch (error) {
    if (!(error instanceof ForeignFileError)) throw error;
    throw new Error(`${error.message}\nMove them away, or replace them with --force.`, { cause: error });
  }
}

function check(terminal: Terminal, folder: string, options: FileOptions): number {
  const files = renderFiles(readConfig(options.config), options.target);
  const differences = checkFiles(folder, files);
  for (const difference of differences) terminal.print(`${describeDifference(difference)}\n`);
  terminal.print(`${differences.length} of ${files.length} files differ\n`);
  return differences.length === 0 ? 0 : DIFFERENT;
}

function addFileOptions(command: Command): Command {
  return command
    .option("--target <names>", `some of ${TARGETS.join(",")}`, parseTargets, TARGETS)
    .option("--config <file>", "configuration, YAML or JSON");
}

/** The `intercom-dashboards` command. `setExitCode` is called by `check` and `backtest`. A wrong argument throws commander's error. */
export function buildProgram(terminal: Terminal, setExitCode: (code: number) => void): Command {
  const program = new GuardedCommand("intercom-dashboards")
    .exitOverride()
    .description("Grafana dashboards, Prometheus rules and alerts for Intercom clients")
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.printError });
  addFileOptions(program.command("write <folder>").description("write the files into a folder"))
    .option("--force", "replace files that were not generated, or were changed by hand")
    .action((folder: string, options: FileOptions) => write(terminal, folder, options));
  addFileOptions(
    program.command("check <folder>").description("list what differs from what would be written"),
  ).action((folder: string, options: FileOptions) => setExitCode(check(terminal, folder, options)));
  program
    .command("list")
    .description("dashboards, panels, and alerts with severity and threshold")
    .option("--config <file>", "configuration, YAML or JSON")
    .action(({ config }: { config?: string }) => terminal.print(renderList(createModel(readConfig(config)))));
  program
    .command("explain <name>")
    .description("the runbook of an alert, or the catalog entry of an error code")
    .option("--config <file>", "configuration, YAML or JSON")
    .action((name: string, { config }: { config?: string }) =>
      terminal.print(explain(createModel(readConfig(config)), name, terminal.runbooks)),
    );
  addBacktest(program, terminal, setExitCode);
  return program;
}
