import { createRandom } from "../../packages/simulator/src/random.ts";
import { compareRecords, grownSince, type Tally, tallyLedger } from "../support/compare-records.ts";
import { tokenOf } from "./faults.ts";
import { pick } from "./pick.ts";
import { type PlainCall, type PlainProgram, startPlainProgram } from "./start-plain-program.ts";
import { type RemoteSimulator, startRemoteSimulator } from "./start-simulator.ts";

/** What a program without a line of ours has done. */
export interface ZeroCodeSummary {
  readonly rounds: number;
  /** On the wire, by the ledger. */
  readonly requests: number;
}

const CALLS_PER_ROUND = 500;
const FEWEST_ROUNDS = 2;
const JSON_TYPE = { "content-type": "application/json" };

type Shape = (call: number) => readonly [method: string, path: string, body?: object];

const SHAPES: readonly Shape[] = [
  () => ["GET", "/me"],
  (call) => ["GET", `/contacts/${call}`],
  (call) => ["POST", "/contacts", { external_id: `z-${call}`, role: "user" }],
  (call) => ["DELETE", `/contacts/${call}`],
  (call) => ["GET", `/nowhere/${call}?page=${call}`],
];

function createCalls(origin: string, seed: number): PlainCall[] {
  const random = createRandom(seed);
  return Array.from({ length: CALLS_PER_ROUND }, (_, call) => {
    const [method, path, body] = pick(random, SHAPES)(call);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${tokenOf(seed, call, 0)}` };
    return { url: `${origin}${path}`, method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  });
}

/** Rounds until the time is up; after each, page and ledger have to agree. */
async function runRounds(
  seed: number,
  endsAt: number,
  { program, simulator }: { readonly program: PlainProgram; readonly simulator: RemoteSimulator },
): Promise<ZeroCodeSummary> {
  let counted: Tally = new Map();
  let rounds = 0;
  let requests = 0;
  while (performance.now() < endsAt || rounds < FEWEST_ROUNDS) {
    await program.makeCalls(createCalls(simulator.url, seed + rounds));
    const entries = await simulator.takeLedger();
    const all = await program.readCounters();
    const ledger = tallyLedger(entries);
    const problems = compareRecords({ ledger, spans: ledger, counters: grownSince(counted, all) });
    rounds += 1;
    if (problems.length > 0) {
      const lines = problems.map((problem) => JSON.stringify(problem));
      throw new Error(`seed ${seed}, zero code, round ${rounds}:\n${lines.join("\n")}`);
    }
    counted = all;
    requests += entries.length;
  }
  return { rounds, requests };
}

/**
 * Calls under every fault by a program that knows nothing of us, whose page of metrics has to agree with the ledger.
 *
 * @throws Error naming the seed and what differs.
 */
export async function runZeroCodeSoak(seed: number, minutes: number): Promise<ZeroCodeSummary> {
  const endsAt = performance.now() + minutes * 60_000;
  const simulator = await startRemoteSimulator(seed);
  try {
    const program = await startPlainProgram(simulator.url);
    try {
      return await runRounds(seed, endsAt, { program, simulator });
    } finally {
      program.end();
    }
  } finally {
    simulator.end();
  }
}
