import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { waitUntil } from "../time/wait-until.ts";

/** A process that was started for a drill. */
export interface DrillProcess {
  /** The last lines it has written to standard error. */
  readonly said: () => string;
  /** Rejects when the process ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Ends it, by force where it does not end when asked to. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const LONGEST_END_MILLISECONDS = 5000;
const KEPT_CHARACTERS = 20_000;
const children = new Set<ChildProcess>();

// However the drills end, nothing of them stays behind.
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), LONGEST_END_MILLISECONDS);
  await gone;
  clearTimeout(force);
}

/** Starts a program. */
export function startProcess(command: string, words: readonly string[]): DrillProcess {
  const child = spawn(command, words, {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json` },
  });
  children.add(child);
  let text = "";
  child.stderr.on("data", (chunk) => {
    text = (text + String(chunk)).slice(-KEPT_CHARACTERS);
  });
  let stopping = false;
  const died = new Promise<never>((_, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      children.delete(child);
      reject(new Error(`expected the program ${command}, got ${error.code}`));
    });
    child.once("exit", (code, by) => {
      children.delete(child);
      if (!stopping) reject(new Error(`${command} ended by itself (${by ?? `code ${code}`}):\n${text}`));
    });
  });
  // Nobody may be waiting for it at that moment.
  died.catch(() => {});
  return {
    said: () => text,
    died,
    stop(signal = "SIGTERM") {
      stopping = true;
      return stop(child, signal);
    },
  };
}

/** Starts a TypeScript file of this repository, given from its root, as a process of its own. */
export function startScript(file: string, words: readonly string[]): DrillProcess {
  const loader = `${root}node_modules/tsx/dist/loader.mjs`;
  return startProcess(process.execPath, ["--import", loader, `${root}${file}`, ...words]);
}

/** Waits until a process has said where its metrics are; gives `host:port`. */
export function readTarget(server: DrillProcess, patienceSeconds: number): Promise<string> {
  const look = (): string | undefined => /metrics at http:\/\/([\d.:]+)\//.exec(server.said())?.[1];
  return Promise.race([waitUntil("metrics are served", patienceSeconds, look), server.died]);
}

/** A port of this machine that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
