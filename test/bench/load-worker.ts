/**
 * `load-worker.ts <variant> <stub|loopback> <rounds> [<url> <refusing url>]`: bare axios and one variant in turns, in
 * one process, at each concurrency. Prints the medians over the rounds as JSON.
 */
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { type Contestant, createContestants } from "./contestants.ts";
import { CONCURRENCIES } from "./load.ts";
import type { LoadVariantName, Transport } from "./load-variants.ts";
import { median } from "./statistics.ts";

/** What one call costs; medians over rounds. */
export interface CallCost {
  readonly wallNanoseconds: number;
  readonly cpuNanoseconds: number;
  /** Garbage collections in 1000 calls. */
  readonly collections: number;
  /** 99th percentile of how late the event loop was. */
  readonly loopDelayMilliseconds: number;
}

/** Both sides of one comparison. */
export interface Comparison {
  readonly bare: CallCost;
  readonly tool: CallCost;
  /** Median of the differences between neighbors. */
  readonly addedWallNanoseconds: number;
  readonly addedCpuNanoseconds: number;
}

/** On loopback a call keeps getting cheaper for some 3000 calls. */
const WARM_UP_ROUNDS = { stub: 10, loopback: 14 } as const;
const CALLS_PER_ROUND = { stub: 400, loopback: 250 } as const;

const collections: number[] = [];
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) collections.push(entry.startTime);
});
observer.observe({ entryTypes: ["gc"] });

async function timeRound(contestant: Contestant, calls: number, concurrency: number): Promise<CallCost> {
  contestant.turnOn();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = collections.length;
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  await contestant.makeCalls(calls, concurrency);
  const wallNanoseconds = Number(process.hrtime.bigint() - started) / calls;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  contestant.turnOff();
  // Collections are reported on a later turn of the event loop.
  await setTimeout(2);
  return {
    wallNanoseconds,
    cpuNanoseconds: ((user + system) * 1000) / calls,
    collections: ((collections.length - before) * 1000) / calls,
    loopDelayMilliseconds: delay.percentile(99) / 1e6,
  };
}

function summarize(costs: readonly CallCost[]): CallCost {
  const of = (key: keyof CallCost): number => median(costs.map((each) => each[key]));
  const mean = costs.reduce((sum, each) => sum + each.collections, 0) / costs.length;
  return {
    wallNanoseconds: of("wallNanoseconds"),
    cpuNanoseconds: of("cpuNanoseconds"),
    collections: mean,
    loopDelayMilliseconds: of("loopDelayMilliseconds"),
  };
}

const [variant = "", transport = "", rounds = "", ...urls] = process.argv.slice(2);
const calls = CALLS_PER_ROUND[transport as Transport];
const { bare, tool } = createContestants(variant as LoadVariantName, urls);
const result: Record<string, Comparison> = {};
// Until the compiler has done its work, which would count as the cost of the first caller of a function.
for (let round = 0; round < WARM_UP_ROUNDS[transport as Transport]; round += 1) {
  for (const contestant of [bare, tool]) await timeRound(contestant, calls, 16);
}
for (const concurrency of CONCURRENCIES) {
  const costs: { bare: CallCost[]; tool: CallCost[] } = { bare: [], tool: [] };
  for (let round = 0; round < Number(rounds); round += 1) {
    costs.bare.push(await timeRound(bare, calls, concurrency));
    costs.tool.push(await timeRound(tool, calls, concurrency));
  }
  const added = (key: "wallNanoseconds" | "cpuNanoseconds"): number =>
    median(costs.tool.map((cost, index) => cost[key] - (costs.bare[index]?.[key] ?? Number.NaN)));
  result[concurrency] = {
    bare: summarize(costs.bare),
    tool: summarize(costs.tool),
    addedWallNanoseconds: added("wallNanoseconds"),
    addedCpuNanoseconds: added("cpuNanoseconds"),
  };
}
process.stdout.write(JSON.stringify(result), () => process.exit(0));
