import { beforeAll, describe, expect, it } from "vitest";
import { bundleWorkers, runWorker } from "../bench/bundle.ts";
import { measureOverhead, TRACINGS } from "../bench/overhead.ts";

/** The goal is 1.5; the rest is room for the noise of shared machines. */
const HIGHEST_RATIO = 1.5 * 1.3;

describe("the cost of a call", () => {
  beforeAll(() => bundleWorkers());

  it("stays near that of the same primitives called by hand, whatever the tracing", () => {
    const overhead = measureOverhead(3);
    for (const tracing of TRACINGS) expect(overhead[tracing].ratio, tracing).toBeLessThan(HIGHEST_RATIO);
  });

  it("grows neither series nor heap with hostile ids, codes and headers", () => {
    const flood = runWorker<{ heapGrowthBytes: number; seriesGrowth: number }>("flood", "60000");
    expect(flood.seriesGrowth).toBe(0);
    // A leak of one small object a call would be some 5 MB here.
    expect(flood.heapGrowthBytes).toBeLessThan(1_000_000);
  });
});
