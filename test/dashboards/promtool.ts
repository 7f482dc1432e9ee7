import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { findBinary } from "./find-binary.ts";

/** Where promtool is, or `undefined`. */
export const PROMTOOL: string | undefined = findBinary("promtool");

/** Name of a group of tests that says why it may be skipped. */
export const needsPromtool = (name: string): string =>
  PROMTOOL === undefined ? `${name} (skipped: promtool is not on the PATH)` : name;

/** Runs promtool and gives back everything that it printed, both streams in the order of printing. */
export function promtool(args: readonly string[]): { readonly code: number | null; readonly output: string } {
  return inTemporaryFolder((folder) => {
    const file = join(folder, "output");
    const descriptor = openSync(file, "w");
    const { status } = spawnSync(PROMTOOL ?? "promtool", args, { stdio: ["ignore", descriptor, descriptor] });
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
