import { median } from "./statistics.ts";
import type { Bench } from "./workers.ts";

/** What an attempt costs the meter recorder, beside the same instruments called by hand. */
export interface MeterCost {
  readonly byHandNanoseconds: number;
  readonly oursNanoseconds: number;
  /** Ours over by hand. */
  readonly ratio: number;
}

/** Measures `samples` times, in fresh processes; medians of what was seen. */
export function measureMeter(bench: Bench, samples: number): MeterCost {
  const seen = Array.from({ length: samples }, () => bench.run<{ byHand: number; ours: number }>("meter"));
  return {
    byHandNanoseconds: median(seen.map(({ byHand }) => byHand)),
    oursNanoseconds: median(seen.map(({ ours }) => ours)),
    ratio: median(seen.map(({ byHand, ours }) => ours / byHand)),
  };
}
