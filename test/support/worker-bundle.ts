import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

/** The repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Where the bundle of each worker lies, by its name. */
export type WorkerBundles = Readonly<Record<string, string>>;

/**
 * Builds our packages, and each worker with the build of our packages in it. So what runs is what is
 * published, without the cost of a TypeScript loader, and a concurrent build changes nothing. Everything else is
 * loaded from `node_modules`. The bundles go away with the process.
 *
 * @param name of the folder for them.
 * @param files path of each worker from the root of the repository, by its name.
 */
export async function bundleWorkers(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<WorkerBundles> {
  const folder = `${root}node_modules/.cache/intercom-telemetry/${name}-${process.pid}`;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, ["packages/toolchain/src/build.mjs"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  await build({
    cwd: root,
    config: false,
    entry: { ...files },
    format: "esm",
    outDir: folder,
    dts: false,
    platform: "node",
    target: "node20",
    tsconfig: "packages/toolchain/tsconfig.build.json",
    noExternal: [/^@intercom-telemetry\//],
    external: [/^(?!@intercom-telemetry\/)@?[a-z]/],
    logLevel: "warn",
  });
  return Object.fromEntries(Object.keys(files).map((worker) => [worker, `${folder}/${worker}.mjs`]));
}
