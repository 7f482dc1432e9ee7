import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { createProject } from "../../packaging/packed.ts";
import type { Setup } from "./rows.ts";

const execute = promisify(execFile);

const LIBRARIES = {
  axios: "1.21.1",
  "intercom-client-5": "npm:intercom-client@5.0.0",
  "intercom-client-6": "npm:intercom-client@6.4.0",
  "intercom-client-7": "npm:intercom-client@7.0.3",
  "prom-client": "15.1.3",
};

const INSTALLED = ["core", "axios", "fetch", "exporter", "register"] as const;

/** A user's project with axios, every SDK of Intercom, and our tarballs. */
export function createZeroCodeProject(
  tarballs: Readonly<Record<string, string>>,
  { packages }: Pick<Setup, "packages">,
): ReturnType<typeof createProject> {
  const ours = Object.fromEntries(INSTALLED.map((name) => [name, tarballs[name] ?? ""]));
  const project = createProject(ours, { ...LIBRARIES, ...packages });
  project.write("read-page.cjs", readFileSync(new URL("read-page.cjs", import.meta.url), "utf8"));
  return project;
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** How a program is run. */
export interface ProgramRun {
  readonly node: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 *
 * @throws Error with its output when it fails.
 */
export function runProgram({
  node,
  folder,
  args,
  env,
}: ProgramRun): Promise<{ stdout: string; stderr: string }> {
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
  return execute(node, args, { ...options, encoding: "utf8" });
}
