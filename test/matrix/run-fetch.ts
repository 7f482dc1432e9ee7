import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createProject, run } from "../packaging/packed.ts";
import { attempt, findNode } from "./run-rows.ts";

/** A runtime on which the fetch package is checked. */
export interface FetchRuntime {
  readonly name: "Node" | "Bun" | "Deno";
  /** Exact, or of Node the newest of a line. */
  readonly version: string;
}

/** From the lowest version of Node that is supported; 20.18 is one whose undici has trouble with clones. */
export const FETCH_RUNTIMES: readonly FetchRuntime[] = [
  { name: "Node", version: "20.6.0" },
  { name: "Node", version: "20.18.0" },
  { name: "Node", version: "22" },
  { name: "Node", version: "24" },
  { name: "Node", version: "26" },
  { name: "Bun", version: "1.4.5" },
  { name: "Deno", version: "2.9.6" },
];

/** A runtime and, when the check failed on it, why. */
export interface FetchResult {
  readonly runtime: FetchRuntime;
  readonly problem?: string;
}

const { platform, arch } = process;
const isLinux = platform === "linux";
/** The packages that bring the programs themselves: those called `bun` and `deno` need a script when they are installed. */
const BUN = `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}`;
const DENO = `@deno/${platform}-${arch}${isLinux ? "-glibc" : ""}`;

const PROGRAM = `
import { IntercomClient } from "intercom-client";
import { check } from "./check-fetch.mjs";
const [url] = globalThis.Deno ? Deno.args : process.argv.slice(2);
await check(url, IntercomClient);
`;

const SIMULATOR = `
import { startSimulator } from "@intercom-telemetry/simulator";
import { SCRIPT } from "./check-fetch.mjs";
const simulator = await startSimulator({ script: SCRIPT });
console.log(simulator.url);
process.stdin.resume().on("end", () => process.exit(0));
`;

/** What starts the program on a runtime. */
function commandOf({ name, version }: FetchRuntime, folder: string): [string, ...string[]] {
  if (name === "Node") return [findNode(version)];
  if (name === "Bun") return [join(folder, "node_modules", BUN, "bin/bun")];
  return [join(folder, "node_modules", DENO, "deno"), "run", "--allow-all", "--node-modules-dir=manual"];
}

function check(runtime: FetchRuntime, folder: string, url: string): FetchResult {
  return {
    runtime,
    ...attempt(() => {
      const [command, ...args] = commandOf(runtime, folder);
      run(command, [...args, "use.mjs", url], folder);
    }),
  };
}

/** The simulator in a separate process, since not every runtime can run it. */
async function startSimulator(folder: string): Promise<{ simulator: ChildProcess; url: string }> {
  const simulator = spawn(process.execPath, ["simulator.mjs"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(simulator.stdout, "data")) as [Buffer];
  return { simulator, url: String(line).trim() };
}

/** Installs the tarballs beside the official SDK 7 and runs the check on each runtime. */
export async function runFetch(
  tarballs: Readonly<Record<string, string>>,
  runtimes: readonly FetchRuntime[],
  report: (result: FetchResult) => void = () => {},
): Promise<FetchResult[]> {
  const ours = Object.fromEntries(["core", "fetch", "simulator"].map((name) => [name, tarballs[name] ?? ""]));
  const versionOf = (name: FetchRuntime["name"]) => runtimes.find((each) => each.name === name)?.version;
  const programs = { [BUN]: versionOf("Bun"), [DENO]: versionOf("Deno") };
  const needed = Object.entries(programs).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const project = createProject(ours, {
    "@opentelemetry/api": "1.9.0",
    "intercom-client": "7.0.3",
    ...Object.fromEntries(needed),
  });
  try {
    project.write("check-fetch.mjs", readFileSync(new URL("check-fetch.mjs", import.meta.url), "utf8"));
    project.write("use.mjs", PROGRAM);
    project.write("simulator.mjs", SIMULATOR);
    const { simulator, url } = await startSimulator(project.folder);
    const results = runtimes.map((runtime) => {
      const result = check(runtime, project.folder, url);
      report(result);
      return result;
    });
    simulator.kill();
    return results;
  } finally {
    project.remove();
  }
}
