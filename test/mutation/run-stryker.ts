import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { Stryker } from "@stryker-mutator/core";
import { ROOM_VARIABLE, type Room } from "./rooms.ts";

/** One change to the source, and what became of it. */
export interface Mutant {
  /** From the repository's root. */
  readonly file: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly start: Position;
  readonly end: Position;
  readonly isKilled: boolean;
}

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

// A change that makes an endless loop is noticed by the test that does not come to its end.
const KILLED: readonly string[] = ["Killed", "Timeout"];
/** For the type checker only: no code comes of it. */
const NOT_RUN: readonly string[] = ["Ignored", "CompileError"];

/** How much is done at a time, and how much in all. */
export interface Effort {
  /** Processes that run tests; one for each core but one when it is absent. */
  readonly concurrency?: number | undefined;
  /** Leaves out changes that take effect as a module is loaded: each of them needs every test. */
  readonly quick: boolean;
  /** Does not repeat what an earlier run found about code and tests that have not changed since. */
  readonly keep: boolean;
}

/** A survivor is always tried again: Stryker would keep one that takes effect as a module is loaded. */
function forgetSurvivors(report: string): void {
  if (!existsSync(report)) return;
  const content = JSON.parse(readFileSync(report, "utf8")) as {
    readonly files: Record<string, { mutants: { readonly status: string }[] }>;
  };
  for (const file of Object.values(content.files)) {
    file.mutants = file.mutants.filter(({ status }) => KILLED.includes(status));
  }
  writeFileSync(report, JSON.stringify(content));
}

/** Changes these files of a room in every small way, one at a time, and runs the room's tests that reach the change. */
export async function runStryker(
  root: string,
  room: Room,
  files: readonly string[],
  { concurrency, quick, keep }: Effort,
): Promise<readonly Mutant[]> {
  env[ROOM_VARIABLE] = room;
  const report = `node_modules/.cache/mutation/${room}.json`;
  if (keep) forgetSurvivors(report);
  const stryker = new Stryker({
    mutate: [...files],
    ...(concurrency === undefined ? {} : { concurrency }),
    testRunner: "vitest",
    vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    ignoreStatic: quick,
    incremental: keep,
    incrementalFile: report,
    // Not below node_modules, whose files vitest does not transform.
    tempDirName: ".mutation",
    cleanTempDir: "always",
    reporters: ["progress-append-only"],
    warnings: false,
    // A mutant that makes a test slow, or a busy machine, is given time.
    timeoutMS: 8000,
  });
  const results = await stryker.runMutationTest();
  return results
    .filter(({ status }) => !NOT_RUN.includes(status))
    .map(({ fileName, mutatorName, replacement, location: { start, end }, status }) => ({
      file: fileName.replace(root, ""),
      mutator: mutatorName,
      replacement: replacement ?? "",
      start,
      end,
      isKilled: KILLED.includes(status),
    }));
}
