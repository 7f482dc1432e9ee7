import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { listFiles } from "./list-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** One change to the source. */
export interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  /** Lines and columns from 0. */
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A copy of the repository in which every mutant is present and none is active. */
export interface Sandbox {
  readonly folder: string;
  readonly mutants: readonly Mutant[];
  /** The source as it was copied, by path from the root: a run is long, and the repository may change meanwhile. */
  readonly sources: ReadonlyMap<string, string>;
}

const COPIED = [
  "packages/core",
  "packages/axios",
  "packages/simulator",
  "test/core",
  "test/axios",
  "test/support",
  "test/mutation",
];
const silent = () => {};
const logger = { isDebugEnabled: () => false, debug: silent, info: silent, warn: silent, error: silent };

/** The tests get their `vitest` from the shim; all else resolves as it does here. */
function writeTsconfig(folder: string): void {
  const tsconfig = JSON.parse(readFileSync(`${root}tsconfig.base.json`, "utf8"));
  tsconfig.compilerOptions.paths.vitest = ["./test/mutation/vitest-shim.ts"];
  writeFileSync(join(folder, "tsconfig.base.json"), JSON.stringify(tsconfig));
}

/** Copies the repository and puts all mutants of these files and folders into it. */
export async function createSandbox(paths: readonly string[]): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  const filter = (path: string): boolean => !path.endsWith("/dist");
  for (const path of COPIED) {
    cpSync(`${root}${path}`, join(folder, path), { recursive: true, verbatimSymlinks: true, filter });
  }
  symlinkSync(`${root}node_modules`, join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeTsconfig(folder);
  const names = listFiles(root, paths, ".ts");
  const files = names.map((name) => ({
    name,
    mutate: true,
    content: readFileSync(`${root}${name}`, "utf8"),
  }));
  const instrumenter = new Instrumenter(logger as never);
  const options = { excludedMutations: [], ignorers: [], plugins: null } as never;
  const { files: instrumented, mutants } = await instrumenter.instrument(files, options);
  for (const { name, content } of instrumented) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const sources = new Map(files.map(({ name, content }) => [name, content]));
  return { folder, mutants: mutants as unknown as Mutant[], sources };
}
