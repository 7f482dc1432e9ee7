import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stringify } from "yaml";
import { findBinary } from "./find-binary.ts";

/** Where promtool is, or `undefined`. */
export const PROMTOOL: string | undefined = findBinary("promtool");

/** Name of a group of tests that says why it may be skipped. */
export const needsPromtool = (name: string): string =>
  PROMTOOL === undefined ? `${name} (skipped: promtool is not on the PATH)` : name;

/**
 * Runs promtool and returns everything that it printed, both streams in the order of printing.
 *
 * @param program another one than that on the PATH.
 */
export function promtool(
  args: readonly string[],
  program: string = PROMTOOL ?? "promtool",
): { readonly code: number | null; readonly output: string } {
  return inTemporaryFolder((folder) => {
    const file = join(folder, "output");
    const descriptor = openSync(file, "w");
    const { status } = spawnSync(program, args, { stdio: ["ignore", descriptor, descriptor] });
    closeSync(descriptor);
    return { code: status, output: readFileSync(file, "utf8") };
  });
}

/** Runs work in a temporary folder that is removed afterwards. */
export function inTemporaryFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "dashboards-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a value as YAML. */
export function writeYaml(file: string, value: unknown): void {
  writeFileSync(file, stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }));
}

/**
 * Runs unit tests of rules in one call; by the name of each, `SUCCESS` or what promtool says about the failure.
 *
 * @param program another promtool than that on the PATH.
 */
export function runUnitTests(files: readonly string[], program?: string): ReadonlyMap<string, string> {
  const { output } = promtool(["test", "rules", ...files], program);
  // Version 2 heads each verdict with its file; version 3 prints the verdicts alone, in the order of the files.
  const verdicts = output
    .split(/^ {2}(?=SUCCESS$|FAILED:$)/m)
    .slice(1)
    .map((verdict) => verdict.replace(/^Unit Testing: .*$/m, "").trim());
  if (verdicts.length !== files.length) {
    throw new Error(`expected ${files.length} verdicts of promtool, got ${verdicts.length}:\n${output}`);
  }
  return new Map(files.map((file, index) => [basename(file, ".test.yml"), verdicts[index] ?? ""]));
}
