import { CONCURRENCIES } from "./load.ts";
import { withServer } from "./measure-load.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import type { Bench } from "./workers.ts";

/** The CPU of a whole call with ours over that of one measured by hand, by how many are made at a time. */
export type WholeCalls = Readonly<Record<`${(typeof CONCURRENCIES)[number]}`, Spread>>;

const ROUNDS = 16;

/** Measures both in turns, each sample in a fresh process. */
export async function measureWholeCalls(bench: Bench, samples: number): Promise<WholeCalls> {
  const seen = await withServer(bench, (urls) =>
    Array.from({ length: samples }, () =>
      bench.run<Record<string, number>>("whole-call", String(ROUNDS), ...urls),
    ),
  );
  const spread = (concurrency: number): Spread =>
    spreadOf(seen.map((sample) => sample[concurrency] ?? Number.NaN));
  return Object.fromEntries(CONCURRENCIES.map((each) => [each, spread(each)])) as WholeCalls;
}
