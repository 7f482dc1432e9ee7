import { median } from "./statistics.ts";
import type { Tracing } from "./variants.ts";
import type { Bench } from "./workers.ts";

/** Nanoseconds of one call, bare, with the floor by hand, and with ours. */
interface Sample {
  readonly bare: number;
  readonly floor: number;
  readonly ours: number;
}

/** What one call costs over bare axios, beside what it costs by hand. */
export interface Overhead {
  /** Nanoseconds that the floor adds to a call. */
  readonly floorNanoseconds: number;
  /** Nanoseconds that ours adds. */
  readonly oursNanoseconds: number;
  /** Ours over floor. */
  readonly ratio: number;
}

export const TRACINGS: readonly Tracing[] = ["recording", "sampledOut", "noSdk"];

/** Measures each way of tracing `samples` times, in fresh processes, in turns; medians of what was seen. */
export function measureOverhead(bench: Bench, samples: number): Record<Tracing, Overhead> {
  const seen: Record<Tracing, Sample[]> = { recording: [], sampledOut: [], noSdk: [] };
  for (let sample = 0; sample < samples; sample += 1) {
    for (const tracing of TRACINGS) seen[tracing].push(bench.run<Sample>("overhead", tracing));
  }
  const summarize = (tracing: Tracing): Overhead => ({
    floorNanoseconds: median(seen[tracing].map(({ bare, floor }) => floor - bare)),
    oursNanoseconds: median(seen[tracing].map(({ bare, ours }) => ours - bare)),
    ratio: median(seen[tracing].map(({ bare, floor, ours }) => (ours - bare) / (floor - bare))),
  });
  return {
    recording: summarize("recording"),
    sampledOut: summarize("sampledOut"),
    noSdk: summarize("noSdk"),
  };
}
