import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A message, told from others by its kind. */
interface Message {
  readonly kind: string;
}

/** A script of the demo in a separate process. It says `failed` when it cannot continue. */
export interface ForkedProcess<FromChild extends Message, ToChild extends Message> {
  /** Rejects when it says `failed`, or ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  onMessage(listen: (message: FromChild) => void): void;
  /** Waits for one kind of message; rejects as `died` does, and after too long a wait. */
  waitFor<K extends FromChild["kind"]>(
    kind: K,
    longestSeconds: number,
  ): Promise<Extract<FromChild, { kind: K }>>;
  send(message: ToChild): void;
  /** Lets go of it, at which it ends, or is killed after this time; resolves when it is gone. */
  end(longestSeconds: number): Promise<void>;
}

function end(child: ChildProcess, longestSeconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), longestSeconds * 1000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/**
 * Acts when a signal is aborted, or at once when it has been.
 *
 * @returns a function that stops waiting for it.
 */
export function whenAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act();
  signal.addEventListener("abort", act);
  return () => signal.removeEventListener("abort", act);
}

function watch(child: ChildProcess, name: string): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    child.on("message", (message: { readonly kind: string; readonly message?: string }) => {
      if (message.kind === "failed") reject(new Error(`${name}: ${message.message}`));
    });
    child.once("exit", (code, by) =>
      reject(new Error(`${name}: ended unexpectedly (${by ?? `code ${code}`})`)),
    );
  });
  // Nobody may be listening when it ends as it should.
  died.catch(() => {});
  return died;
}

/** Starts `<name>.ts`. The loader that runs this process runs the child too. */
export function forkScript<FromChild extends Message, ToChild extends Message = never>(
  name: string,
  args: readonly string[],
): ForkedProcess<FromChild, ToChild> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = fork(script, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const died = watch(child, name);
  return {
    died,
    onMessage: (listen) => void child.on("message", listen),
    waitFor: (kind, longestSeconds) =>
      new Promise((resolve, reject) => {
        const tooLong = new Error(`${name}: was not ${kind} after ${longestSeconds} s`);
        const timer = setTimeout(() => reject(tooLong), longestSeconds * 1000);
        child.on("message", (message: FromChild) => {
          if (message.kind !== kind) return;
          clearTimeout(timer);
          resolve(message as Extract<FromChild, { kind: typeof kind }>);
        });
        died.catch((error: unknown) => {
          clearTimeout(timer);
          reject(error);
        });
      }),
    send: (message) => void child.send(message),
    end: (longestSeconds) => end(child, longestSeconds),
  };
}
