import { createProject, run } from "../packaging/packed.ts";
import { TYPED_PROGRAM } from "../packaging/typed-program.ts";
import type { Row, TYPED_AXIOS } from "./rows.ts";

/** One version of TypeScript beside one of axios and, when it refused the types, what it said. */
export interface TypesResult {
  readonly typescript: string;
  readonly axios: string;
  readonly problem?: string;
}

const FILES: Readonly<Record<Row["module"], string>> = { esm: "typed.mts", cjs: "typed.cts" };

function createTsconfig(modules: readonly Row["module"][]): string {
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    // Our types are checked, not how old types of others fare under a new compiler.
    skipLibCheck: true,
    types: ["node"],
  };
  return JSON.stringify({ compilerOptions, files: modules.map((module) => FILES[module]) });
}

const aliasOf = (version: string): string => `typescript-${version}`;

function check(folder: string, typescript: string): string | undefined {
  try {
    run(process.execPath, [`node_modules/${aliasOf(typescript)}/bin/tsc`, "-p", "tsconfig.json"], folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Checks a user's program in these module systems, with every version of TypeScript. */
export function runTypes(
  tarballs: Record<string, string>,
  { axios, modules }: (typeof TYPED_AXIOS)[number],
  versions: readonly string[],
): TypesResult[] {
  const { core = "", axios: ours = "", fetch = "" } = tarballs;
  const compilers = Object.fromEntries(
    versions.map((version) => [aliasOf(version), `npm:typescript@${version}`]),
  );
  const libraries = {
    "axios-retry": "4.5.0",
    "prom-client": "15.1.3",
    "@opentelemetry/api": "1.9.1",
    "@types/node": "20.19.0",
  };
  const project = createProject({ core, axios: ours, fetch }, { axios, ...libraries, ...compilers });
  try {
    for (const module of modules) project.write(FILES[module], TYPED_PROGRAM);
    project.write("tsconfig.json", createTsconfig(modules));
    return versions.map((typescript) => {
      const problem = check(project.folder, typescript);
      return { typescript, axios, ...(problem === undefined ? {} : { problem }) };
    });
  } finally {
    project.remove();
  }
}
