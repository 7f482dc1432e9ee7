import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The Node of this version, which the npm package `node` brings. */
export async function findNode(version: string): Promise<string> {
  const { stdout } = await run("npx", ["--yes", `node@${version}`, "-p", "process.execPath"], { cwd: root });
  return stdout.trim();
}

/** Runs a program of this folder from its sources. @returns what it printed. */
export async function runWorker(
  file: string,
  args: readonly string[],
  { node = process.execPath, flags = [] }: { node?: string; flags?: readonly string[] } = {},
): Promise<string> {
  const loader = `${root}node_modules/tsx/dist/loader.mjs`;
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { stdout } = await run(node, [...flags, "--import", loader, path, ...args], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json` },
  });
  return stdout.trim();
}
