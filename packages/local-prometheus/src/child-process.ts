import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that this one has started. */
export interface LocalProcess {
  /** The last lines it has written to standard error. */
  readonly said: () => string;
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

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!children.has(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), LONGEST_END_MILLISECONDS);
  await gone;
  clearTimeout(force);
}

/** Starts a program. */
export function startProcess(command: string, words: readonly string[]): LocalProcess {
  const child = spawn(command, words, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TSX_TSCONFIG_PATH: `${ROOT}tsconfig.base.json` },
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
