import type { Outcome, RetryCall } from "@intercom-telemetry/core";
import { classify, findOperation, RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import {
  createRandom,
  createVirtualClock,
  type VirtualClock,
  virtualEnvironment,
} from "./virtual-environment.ts";

/** A herd of processes that share one quota. */
export interface HerdOptions {
  readonly quota: number;
  readonly processes: number;
  /** What all together want, as a multiple of the quota. */
  readonly demand: number;
  readonly windows: number;
  readonly seed: number;
  readonly latencySeconds?: number;
  /** `open`: calls arrive at their own rate and queue. `closed`: workers call again when they have their response. */
  readonly arrivals?: "open" | "closed" | "batch";
  /** Stalls of the server and of each process: how long, and how far apart. */
  readonly stallSeconds?: number;
  readonly stallEverySeconds?: number;
  /** When each process starts, in seconds. Default: within the first half second. */
  readonly startSeconds?: (index: number) => number;
  readonly stopSeconds?: (index: number) => number;
}

/** One window as the server counted it. */
export interface HerdWindow {
  readonly used: number;
  readonly refused: number;
  readonly usedByProcess: readonly number[];
  readonly peakTenth: number;
}

const WINDOW_SECONDS = 10;
const START = 1_800_000_000;

const target = {
  protocol: "https:",
  hostname: "api.intercom.io",
  address: "api.intercom.io",
  port: 443,
  basePath: "",
  path: "/me",
  query: "",
};
const operation = findOperation("GET", target);

function createServer(clock: VirtualClock, { quota, processes }: HerdOptions) {
  const windows = new Map<number, { used: number; refused: number; byProcess: number[]; tenths: number[] }>();
  const windowAt = (index: number) => {
    const known = windows.get(index);
    if (known) return known;
    const fresh = { used: 0, refused: 0, byProcess: Array(processes).fill(0), tenths: Array(10).fill(0) };
    windows.set(index, fresh);
    return fresh;
  };
  const receive = (process: number): { status: number; remaining: number; reset: number } => {
    const position = clock.seconds() / WINDOW_SECONDS;
    const index = Math.floor(position);
    const window = windowAt(index);
    const reset = (index + 1) * WINDOW_SECONDS;
    if (window.used >= quota) {
      window.refused += 1;
      return { status: 429, remaining: 0, reset };
    }
    window.used += 1;
    window.byProcess[process] += 1;
    window.tenths[Math.floor((position - index) * 10)] += 1;
    return { status: 200, remaining: quota - window.used, reset };
  };
  return { receive, windowAt };
}

const REFUSED_BODY = { type: "error.list", errors: [{ code: "rate_limit_exceeded", message: "" }] };

function toOutcome(
  limit: number,
  response: { status: number; remaining: number; reset: number },
  retryCount: number,
  durationSeconds: number,
): Outcome {
  const headers: Readonly<Record<string, string>> = {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(response.remaining),
    "x-ratelimit-reset": String(response.reset),
  };
  const ending = {
    status: response.status,
    headers: (name: string) => headers[name],
    body: response.status === 429 ? REFUSED_BODY : {},
  };
  return {
    ...classify(ending, operation),
    client: "default",
    method: "GET",
    urlTemplate: "/me",
    apiVersion: undefined,
    retryCount,
    follows: undefined,
    durationSeconds,
  };
}

/** Plays the herd on a virtual clock. @returns each whole window. */
export async function playHerd(options: HerdOptions): Promise<readonly HerdWindow[]> {
  const { quota, processes, demand, windows, seed, latencySeconds = 0.03, arrivals = "open" } = options;
  const clock = createVirtualClock(START);
  const server = createServer(clock, options);
  const random = createRandom(seed);
  const end = START + windows * WINDOW_SECONDS;
  const wait = (seconds: number) =>
    new Promise<void>((resolve) => void clock.at(clock.seconds() + seconds, resolve));
  const latency = () => latencySeconds * (0.25 + 0.5 * random());
  const { stallSeconds = 0, stallEverySeconds = 7 } = options;
  /** When what is due at `seconds` is really done by a program that stalls now and then. */
  const afterStall = (seconds: number, phase: number): number => {
    if (stallSeconds === 0) return seconds;
    const into = (seconds + phase) % stallEverySeconds;
    return into < stallSeconds ? seconds + stallSeconds - into : seconds;
  };
  const waitFor = (seconds: number, phase: number) =>
    wait(afterStall(clock.seconds() + seconds, phase) - clock.seconds());

  const startProcess = (index: number): void => {
    const phase = random() * stallEverySeconds;
    const plain = virtualEnvironment(clock, seed * 1000 + index);
    const policy = new RetryPolicy(resolveRetryOptions({}), {
      ...plain,
      setTimer: (milliseconds, work) =>
        clock.at(afterStall(clock.seconds() + milliseconds / 1000, phase), work),
    });
    const attempt = async (call: RetryCall): Promise<Outcome> => {
      const throttled = policy.throttle(call);
      if (throttled) await throttled;
      const sentSeconds = clock.seconds();
      await waitFor(latency(), 0);
      const response = server.receive(index);
      await waitFor(latency(), phase);
      const outcome = toOutcome(quota, response, call.retryCount, clock.seconds() - sentSeconds);
      policy.recordEnd(outcome);
      return outcome;
    };
    const makeCall = async (): Promise<void> => {
      const started = policy.nowMilliseconds();
      for (let retryCount = 0; ; retryCount += 1) {
        const call = {
          operation,
          query: "",
          startedMilliseconds: started,
          retryCount,
          mostRetries: 4,
          readBody: () => undefined,
        };
        const outcome = await attempt(call);
        const decision = outcome.error && policy.decide(outcome, call);
        if (!decision?.retry) return;
        await wait(decision.delaySeconds);
      }
    };
    const until = Math.min(end, START + (options.stopSeconds?.(index) ?? Number.POSITIVE_INFINITY));
    const perSecond = (quota * demand) / WINDOW_SECONDS / processes;
    const arrive = (): void => {
      if (clock.seconds() >= until) return;
      void makeCall();
      clock.at(clock.seconds() - Math.log(1 - random()) / perSecond, arrive);
    };
    const work = async (): Promise<void> => {
      while (clock.seconds() < until) await makeCall();
    };
    if (arrivals === "open") arrive();
    else if (arrivals === "closed") for (let worker = 0; worker < 10; worker += 1) void work();
    else for (let n = 0; n < perSecond * WINDOW_SECONDS * windows; n += 1) void makeCall();
  };

  for (let index = 0; index < processes; index += 1) {
    const start = options.startSeconds?.(index) ?? random() * 0.5;
    clock.at(START + start, () => startProcess(index));
  }
  await clock.runUntil(end);
  return Array.from({ length: windows }, (_, index) => {
    const { used, refused, byProcess, tenths } = server.windowAt(START / WINDOW_SECONDS + index);
    return { used, refused, usedByProcess: byProcess, peakTenth: Math.max(...tenths) / quota };
  });
}
