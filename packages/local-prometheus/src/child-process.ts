import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that this one has started. */
export interface LocalProcess {
  /** The last lines it has written to standard error. */
  readonly output: () => string;
  /** Rejects when the process ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Ends it, by force where it does not end when asked to. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Root of the repository. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));

const LONGEST_END_MILLISECONDS = 5000;
const KEPT_CHARACTERS = 20_000;
const children = new Set<ChildProcess>();

// However this process ends, nothing that it has started stays behind.
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** A child that is known until it has ended, and why it ended; without that, it could not be started. */
function launch(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TSX_TSCONFIG_PATH: `${ROOT}tsconfig.base.json`, ...env },
  });
  children.add(child);
  let text = "";
  child.stderr.on("data", (chunk) => {
    text = (text + String(chunk)).slice(-KEPT_CHARACTERS);
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      children.delete(child);
      reject(new Error(`expected the program ${command}, got ${error.code}`));
    });
    child.once("exit", (code, by) => {
      children.delete(child);
      resolve(by ?? code);
    });
  });
  // Nobody may be waiting for it at that moment.
  ended.catch(() => {});
  return { child, ended, output: () => text };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!children.has(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), LONGEST_END_MILLISECONDS);
  await gone;
  clearTimeout(force);
}

/** Starts a program. */
export function startProcess(command: string, args: readonly string[]): LocalProcess {
  const { child, ended, output } = launch(command, args);
  let stopping = false;
  const died = new Promise<never>((_, reject) => {
    ended.then((how) => {
      if (!stopping) reject(new Error(`${command} ended by itself (${how}):\n${output()}`));
    }, reject);
  });
  died.catch(() => {});
  return {
    output,
    died,
    stop(signal = "SIGTERM") {
      stopping = true;
      return stop(child, signal);
    },
  };
}

/**
 * Runs a program to its end.
 *
 * @param env added to the environment.
 * @throws Error with what it wrote to standard error when it does not end with 0.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { ended, output } = launch(command, args, env);
  const how = await ended;
  if (how !== 0) throw new Error(`${command} ended with ${how}:\n${output()}`);
}

/** Ends all that this process has started and that still runs. */
export async function stopProcesses(signal: NodeJS.Signals): Promise<void> {
  await Promise.all([...children].map((child) => stop(child, signal)));
}
