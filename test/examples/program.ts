import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A program of the repository as a separate process group, as a terminal would start it. */
export interface Program {
  readonly child: ChildProcess;
  /** All it has printed so far. */
  readonly output: () => string;
  /** Resolves when it has printed something that matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** Sends a signal to every process of the group, as a terminal does for Ctrl-C. */
  signalAll(signal: NodeJS.Signals): void;
  /** Whether any process of the group is still there. */
  isAlive(): boolean;
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function waitForOutput(child: ChildProcess, output: () => string, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (pattern.test(output())) resolve();
    };
    child.stdout?.on("data", look);
    child.once("exit", () =>
      reject(new Error(`the program ended before it printed ${pattern}:\n${output()}`)),
    );
    look();
  });
}

/** How a program is started. */
export interface StartOptions {
  readonly args?: readonly string[];
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a TypeScript file as `packages/toolchain/src/run.mjs` does once everything is installed. Nothing of it is left
 * after the test.
 *
 * @param file from the root of the repository.
 */
export function startProgram(file: string, { args = [], env = {} }: StartOptions = {}): Program {
  const loader = `${root}node_modules/tsx/dist/loader.mjs`;
  const child = spawn(process.execPath, ["--import", loader, file, ...args], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json`, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} could not be started`);
  let text = "";
  const output = (): string => text;
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (text += String(chunk)));
  const signalAll = (signal: NodeJS.Signals): void => void process.kill(-pid, signal);
  const isAlive = (): boolean => isGroupAlive(pid);
  onTestFinished(() => {
    if (isAlive()) signalAll("SIGKILL");
  });
  return {
    child,
    output,
    printed: (pattern) => waitForOutput(child, output, pattern),
    exited: once(child, "close").then(([code]) => code as number | null),
    signalAll,
    isAlive,
  };
}

/** Whether a port of this machine is free. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The first of two free ports in a row. */
export async function findFreePorts(): Promise<number> {
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); port < 31_000; port += 3) {
    if ((await Promise.all([0, 1, 2].map((next) => isFree(port + next)))).every(Boolean)) return port;
  }
  throw new Error("no three free ports in a row");
}
