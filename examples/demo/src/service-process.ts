import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DemoMessage, ServiceMessage } from "./messages.ts";
import type { SpanRecord } from "./services/span-record.ts";
import type { Seen } from "./services/witness.ts";

/** A service process of the demo, seen from the demo. */
export interface ServiceProcess {
  readonly name: string;
  readonly metricsUrl: string;
  /** Rejects when the process ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  startTraffic(): void;
  /** Stops the traffic; resolves when the last request has ended and its span is here. */
  drain(): Promise<Seen>;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

/** What a service process has to know. */
export interface ServiceArguments {
  readonly intercomUrl: string;
  readonly token: string;
  /** Port of `/metrics`. */
  readonly port: number;
}

/** What the demo does about a service process. */
export interface ServiceHandling {
  readonly onSpan: (span: SpanRecord) => void;
  /** Ends the process while it is still starting. */
  readonly signal: AbortSignal;
}

/** Resends and time limits take a few seconds; more than this is a fault of the demo. */
const LONGEST_DRAIN_SECONDS = 20;
const LONGEST_START_SECONDS = 60;
const LONGEST_END_SECONDS = 2;

type Kind = ServiceMessage["kind"];
type Message<K extends Kind> = Extract<ServiceMessage, { kind: K }>;

/** Waits for one kind of message; `failed`, the end of the process or too long a wait reject. */
function hear<K extends Kind>(
  child: ChildProcess,
  kind: K,
  name: string,
  seconds: number,
): Promise<Message<K>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      child.off("message", listen).off("exit", ended);
      act();
    };
    const fail = (reason: string): void => settle(() => reject(new Error(`${name}: ${reason}`)));
    const listen = (message: ServiceMessage): void => {
      if (message.kind === "failed") fail(message.message);
      else if (message.kind === kind) settle(() => resolve(message as Message<K>));
    };
    const ended = (): void => fail(`ended before it was ${kind}`);
    const timer = setTimeout(() => fail(`was not ${kind} after ${seconds} s`), seconds * 1000);
    child.on("message", listen).on("exit", ended);
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_END_SECONDS * 1000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    // A service ends when its parent lets go of it.
    if (child.connected) child.disconnect();
  });
}

/**
 * Starts `<name>.ts` as a process of its own and waits until its metrics can be read. The loader that runs
 * this process runs the child too.
 */
export async function startService(
  name: string,
  { intercomUrl, token, port }: ServiceArguments,
  { onSpan, signal }: ServiceHandling,
): Promise<ServiceProcess> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = fork(script, [intercomUrl, token, String(port)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", (message: ServiceMessage) => {
    if (message.kind === "spans") message.spans.forEach(onSpan);
  });
  const giveUp = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", giveUp);
  const ready = hear(child, "ready", name, LONGEST_START_SECONDS);
  const { metricsUrl } = await ready.catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  signal.removeEventListener("abort", giveUp);
  const died = new Promise<never>((_, reject) => {
    child.once("exit", (code, by) =>
      reject(new Error(`${name}: ended unexpectedly (${by ?? `code ${code}`})`)),
    );
  });
  // Nobody may be listening when it ends as it should.
  died.catch(() => {});
  const say = (kind: DemoMessage["kind"]): void => void child.send({ kind } satisfies DemoMessage);
  return {
    name,
    metricsUrl,
    died,
    startTraffic: () => say("start"),
    drain: () => {
      const drained = hear(child, "drained", name, LONGEST_DRAIN_SECONDS);
      say("drain");
      return drained;
    },
    end: () => end(child),
  };
}
