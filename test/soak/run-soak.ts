import { heapBytes } from "../support/heap.ts";
import { judgeRound } from "./judge.ts";
import { Service } from "./service.ts";
import { startRemoteSimulator } from "./start-simulator.ts";

/** What one soak has seen. */
export interface SoakSummary {
  readonly seed: number;
  readonly rounds: number;
  /** On the wire, by the ledger. */
  readonly requests: number;
  /** Different combinations of method, template, status and code among them. */
  readonly combinations: number;
  readonly disturbances: Readonly<Record<string, number>>;
  /** Difference of the heap between the middle and the end. */
  readonly heapGrowthBytes: number;
  /** Difference of open handles and requests between the first round and the last. */
  readonly handleGrowth: number;
}

interface Round {
  readonly heap: number;
  readonly handles: number;
}

const CALLS_PER_ROUND = 2000;
const CONCURRENCY = 40;
/** Room for what the engine itself keeps; a leak of 1 kB for each call would be ten times this. */
const MOST_HEAP_GROWTH_BYTES = 3_000_000;
const MOST_HANDLE_GROWTH = 4;
const FEWEST_ROUNDS = 4;

const lowest = (rounds: readonly Round[]): number => Math.min(...rounds.map(({ heap }) => heap));

/** Lowest heap of the last quarter beside that of the quarter before the middle. */
function growthOf(rounds: readonly Round[]): { heapGrowthBytes: number; handleGrowth: number } {
  const quarter = Math.ceil(rounds.length / 4);
  const middle = rounds.slice(quarter, 2 * quarter);
  const end = rounds.slice(-quarter);
  const [first, last] = [rounds[0], rounds.at(-1)];
  return {
    heapGrowthBytes: lowest(end) - lowest(middle),
    handleGrowth: (last?.handles ?? 0) - (first?.handles ?? 0),
  };
}

/**
 * Runs rounds of calls against a simulator in another process until the time is up; after each, ledger, spans and
 * counters have to agree.
 *
 * @throws Error naming the seed and what differs, or what has grown.
 */
export async function runSoak(
  seed: number,
  minutes: number,
  report: (line: string) => void = () => {},
): Promise<SoakSummary> {
  const simulator = await startRemoteSimulator(seed);
  const service = new Service(simulator.url);
  const rounds: Round[] = [];
  const seen = new Set<string>();
  let requests = 0;
  const endsAt = performance.now() + minutes * 60_000;
  try {
    while (performance.now() < endsAt || rounds.length < FEWEST_ROUNDS) {
      await service.makeCalls(CALLS_PER_ROUND, CONCURRENCY, seed + rounds.length);
      const entries = await simulator.takeLedger();
      const { problems, combinations } = await judgeRound(entries, await service.takeRecords());
      if (problems.length > 0) {
        throw new Error(`seed ${seed}, round ${rounds.length + 1}:\n${problems.join("\n")}`);
      }
      for (const combination of combinations) seen.add(combination);
      service.closeSockets();
      requests += entries.length;
      rounds.push({ heap: await heapBytes(), handles: process.getActiveResourcesInfo().length });
      report(`round ${rounds.length}: ${entries.length} requests agree`);
    }
  } finally {
    simulator.end();
    service.closeSockets();
  }
  const growth = growthOf(rounds);
  const { disturbances } = service;
  const summary = { seed, rounds: rounds.length, requests, combinations: seen.size, disturbances, ...growth };
  if (growth.heapGrowthBytes > MOST_HEAP_GROWTH_BYTES || growth.handleGrowth > MOST_HANDLE_GROWTH) {
    throw new Error(`seed ${seed}: something grows: ${JSON.stringify(summary)}`);
  }
  return summary;
}
