import { createRandom } from "../../../packages/simulator/src/random.ts";
import { HerdProcess } from "./herd-process.ts";
import { HerdServer, type HerdWindow, WINDOW_SECONDS } from "./herd-server.ts";
import { createVirtualClock, type VirtualClock, virtualEnvironment } from "./virtual-environment.ts";

/** A herd of processes that share one quota. */
export interface HerdOptions {
  readonly quota: number;
  readonly processes: number;
  /** What all together want, as a multiple of the quota. */
  readonly demand: number;
  readonly windows: number;
  readonly seed: number;
  /** From the process to the server and back, on average. Default 0.03. */
  readonly latencySeconds?: number;
  /** `open`: calls arrive at their own rate. `closed`: ten workers call again when they have their response. */
  readonly arrivals?: "open" | "closed";
  /** How long the server and each process stall now and then, and how far apart. Default never. */
  readonly stallSeconds?: number;
  readonly stallEverySeconds?: number;
  /** When each process starts and stops. Default: within the first half second, and never. */
  readonly startSeconds?: (index: number) => number;
  readonly stopSeconds?: (index: number) => number;
}

const START = 1_800_000_000;
const WORKERS = 10;

/** When what is due at `seconds` is really done by a program that stalls now and then. */
function afterStall(seconds: number, phase: number, options: HerdOptions): number {
  const { stallSeconds = 0, stallEverySeconds = 7 } = options;
  const into = (seconds + phase) % stallEverySeconds;
  return into < stallSeconds ? seconds + stallSeconds - into : seconds;
}

/** What the processes of a herd share. */
interface Herd {
  readonly clock: VirtualClock;
  readonly server: HerdServer;
  readonly random: () => number;
  readonly options: HerdOptions;
}

/** A process on the virtual clock, with the server at some distance. */
function createProcess(index: number, { clock, server, random, options }: Herd): HerdProcess {
  const { seed, latencySeconds = 0.03, stallEverySeconds = 7 } = options;
  const phase = random() * stallEverySeconds;
  const until = (seconds: number, work: () => void, ownPhase: number) =>
    clock.at(afterStall(clock.seconds() + seconds, ownPhase, options), work);
  const wait = (seconds: number, ownPhase = phase) =>
    new Promise<void>((resolve) => void until(seconds, resolve, ownPhase));
  const oneWay = () => latencySeconds * (0.25 + 0.5 * random());
  return new HerdProcess({
    environment: {
      ...virtualEnvironment(clock, seed * 1000 + index),
      setTimer: (milliseconds, work) => until(milliseconds / 1000, work, phase),
    },
    wait,
    async send() {
      await wait(oneWay(), 0);
      const response = server.receive(index);
      await wait(oneWay());
      return response;
    },
  });
}

/** Has a process call until the given instant. */
function keepCalling(herdProcess: HerdProcess, { clock, random, options }: Herd, untilSeconds: number): void {
  const { quota, demand, processes, arrivals = "open", stallEverySeconds = 7 } = options;
  const phase = random() * stallEverySeconds;
  let dueSeconds = clock.seconds();
  const perSecond = (quota * demand) / WINDOW_SECONDS / processes;
  const arrive = (): void => {
    if (clock.seconds() >= untilSeconds) return;
    void herdProcess.call();
    // What falls into a stall comes at its end, all at once.
    dueSeconds -= Math.log(1 - random()) / perSecond;
    clock.at(afterStall(dueSeconds, phase, options), arrive);
  };
  const work = async (): Promise<void> => {
    while (clock.seconds() < untilSeconds) await herdProcess.call();
  };
  if (arrivals === "open") arrive();
  else for (let worker = 0; worker < WORKERS; worker += 1) void work();
}

/** Plays the herd on a virtual clock. @returns each whole window. */
export async function playHerd(options: HerdOptions): Promise<readonly HerdWindow[]> {
  const { quota, processes, windows, seed, startSeconds, stopSeconds } = options;
  const clock = createVirtualClock(START);
  const server = new HerdServer(clock, quota);
  const random = createRandom(seed);
  const herd: Herd = { clock, server, random, options };
  const end = START + windows * WINDOW_SECONDS;
  for (let index = 0; index < processes; index += 1) {
    const until = Math.min(end, START + (stopSeconds?.(index) ?? Number.POSITIVE_INFINITY));
    clock.at(START + (startSeconds?.(index) ?? random() * 0.5), () =>
      keepCalling(createProcess(index, herd), herd, until),
    );
  }
  await clock.runUntil(end);
  return Array.from({ length: windows }, (_, index) =>
    server.windowFrom(START + index * WINDOW_SECONDS, processes),
  );
}
