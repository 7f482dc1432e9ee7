/**
 * `whole-call-worker.ts <rounds> <url> <refusing url>`: the CPU of whole calls on loopback, measured by hand and with
 * ours in turns, in one process, at each concurrency. Prints ours over by hand as JSON.
 */
import { type Contestant, createContestant, registerFor } from "./contestants.ts";
import { CONCURRENCIES } from "./load.ts";
import { median } from "./statistics.ts";

const WARM_UP_ROUNDS = 30;
/** At the highest concurrency a round still is several times as many calls. */
const CALLS_PER_ROUND = { 1: 100, 16: 160, 256: 768 } as const;

async function timeRound(
  contestant: Contestant,
  concurrency: (typeof CONCURRENCIES)[number],
): Promise<number> {
  const calls = CALLS_PER_ROUND[concurrency];
  const before = process.cpuUsage();
  await contestant.makeCalls(calls, concurrency);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

const [rounds, ...urls] = process.argv.slice(2);
registerFor("both");
const byHand = createContestant("byHand", urls);
const ours = createContestant("both", urls);
for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
  for (const contestant of [byHand, ours]) await timeRound(contestant, 16);
}
const ratios: Record<string, number> = {};
for (const concurrency of CONCURRENCIES) {
  const seen: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    // Who goes first takes turns: the second one pays for what the first has left to collect.
    const first = round % 2 === 0 ? byHand : ours;
    const firstCost = await timeRound(first, concurrency);
    const secondCost = await timeRound(first === ours ? byHand : ours, concurrency);
    seen.push(first === ours ? firstCost / secondCost : secondCost / firstCost);
  }
  ratios[concurrency] = median(seen);
}
process.stdout.write(JSON.stringify(ratios), () => process.exit(0));
