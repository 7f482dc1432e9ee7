import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}node_modules/.cache/intercom-telemetry-bench`;

/** The programs that are measured, each in a process of its own. */
export type Worker = "overhead" | "match" | "flood";

/**
 * Builds the packages and the workers. What is measured is the published build: a TypeScript loader would add its own
 * cost to every function.
 */
export async function bundleWorkers(): Promise<void> {
  execFileSync(process.execPath, ["test/setup/build.mjs"], { cwd: root, stdio: "inherit" });
  await build({
    cwd: root,
    config: false,
    entry: Object.fromEntries(
      ["overhead", "match", "flood"].map((name) => [name, `test/bench/${name}-worker.ts`]),
    ),
    format: "esm",
    outDir: folder,
    dts: false,
    platform: "node",
    target: "node20",
    tsconfig: "test/setup/tsconfig.build.json",
    external: [/^@?[a-z]/],
    logLevel: "warn",
  });
}

/** Runs one worker to its end and gives back the JSON it printed. */
export function runWorker<Result>(worker: Worker, ...words: string[]): Result {
  const output = execFileSync(process.execPath, ["--expose-gc", `${folder}/${worker}.mjs`, ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  return JSON.parse(output) as Result;
}
