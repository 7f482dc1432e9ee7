import { execFileSync } from "node:child_process";
import { bundleWorkers, root } from "../support/worker-bundle.ts";

/** The programs that are measured, each in a separate process. */
export const WORKERS = [
  "overhead",
  "match",
  "flood",
  "load",
  "whole-call",
  "meter",
  "profile",
  "bytes",
  "scrape",
  "import",
  "server",
] as const;

/** One of {@link WORKERS}. */
export type Worker = (typeof WORKERS)[number];

/** Runs workers that have been bundled. */
export interface Bench {
  /** Where the worker lies, for processes that stay. */
  readonly fileOf: (worker: Worker) => string;
  /** Runs one worker to its end and returns the JSON it printed. */
  run<Result>(worker: Worker, ...args: string[]): Result;
}

/** Node's flags beside `--expose-gc`: without collections, the heap grows by exactly what is allocated. */
const FLAGS: Partial<Record<Worker, readonly string[]>> = {
  bytes: ["--min-semi-space-size=128", "--max-semi-space-size=128"],
};

/** Builds the packages and the workers. */
export async function bundleBench(): Promise<Bench> {
  const files = Object.fromEntries(WORKERS.map((name) => [name, `test/bench/${name}-worker.ts`]));
  const bundles = await bundleWorkers("bench", files);
  const fileOf = (worker: Worker): string => {
    const file = bundles[worker];
    if (file === undefined) throw new Error(`worker: expected one of ${WORKERS.join(", ")}, got ${worker}`);
    return file;
  };
  return {
    fileOf,
    run<Result>(worker: Worker, ...args: string[]): Result {
      const flags = ["--expose-gc", ...(FLAGS[worker] ?? [])];
      const output = execFileSync(process.execPath, [...flags, fileOf(worker), ...args], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, NODE_ENV: "production" },
      });
      return JSON.parse(output) as Result;
    },
  };
}
