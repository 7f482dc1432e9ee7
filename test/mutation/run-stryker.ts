import { Stryker } from "@stryker-mutator/core";

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
}

/** Changes these files in every small way, one at a time, and runs the tests that reach the change. */
export async function runStryker(
  root: string,
  files: readonly string[],
  { concurrency, quick }: Effort,
): Promise<readonly Mutant[]> {
  const stryker = new Stryker({
    mutate: [...files],
    ...(concurrency === undefined ? {} : { concurrency }),
    testRunner: "vitest",
    vitest: { configFile: "test/mutation/vitest.config.ts" },
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    ignoreStatic: quick,
    // Not below node_modules, whose files vitest does not transform.
    tempDirName: ".mutation",
    cleanTempDir: "always",
    reporters: ["progress-append-only"],
    warnings: false,
    // A mutant that makes a test slow, or a busy machine, is given time.
    timeoutMS: 60_000,
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
