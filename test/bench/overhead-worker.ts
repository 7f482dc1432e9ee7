/** One process of the bench: `overhead-worker.ts <recording|sampledOut|noSdk>` prints nanoseconds a call as JSON. */
import type { AxiosInstance } from "axios";
import { quantile } from "./statistics.ts";
import { createVariants, registerTracing, type Tracing } from "./variants.ts";

const WARM_UP_ROUNDS = 40;
const ROUNDS = 240;
const CALLS_PER_ROUND = 60;

/** CPU time: with a stub adapter nothing is waited for, and a shared machine stretches the time on the clock. */
async function timeRound(instance: AxiosInstance): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS_PER_ROUND; call += 1)
    await instance.get("/contacts/5f0c1b2a3d4e5f6071829304");
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / CALLS_PER_ROUND;
}

registerTracing(process.argv[2] as Tracing);
const variants = createVariants();
const nanoseconds: Record<string, number[]> = { bare: [], floor: [], ours: [] };
for (let warmUp = 0; warmUp < WARM_UP_ROUNDS; warmUp += 1) {
  for (const instance of Object.values(variants)) await timeRound(instance);
}
for (let round = 0; round < ROUNDS; round += 1) {
  // The order turns, so that no variant always runs after the same neighbor.
  const names = Object.keys(variants) as (keyof typeof variants)[];
  const turned = [...names.slice(round % 3), ...names.slice(0, round % 3)];
  for (const name of turned) nanoseconds[name]?.push(await timeRound(variants[name]));
}
// Whatever else a shared machine does only ever adds time: the lower quartile is nearer to the truth than the median.
const quartiles = Object.fromEntries(
  Object.entries(nanoseconds).map(([name, values]) => [name, quantile(values, 0.25)]),
);
process.stdout.write(JSON.stringify(quartiles));
