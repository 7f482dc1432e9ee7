import { beforeAll, describe, expect, it } from "vitest";
import { compareWithPeers, measureLoad } from "../bench/measure-load.ts";
import { measureOverhead, TRACINGS } from "../bench/overhead.ts";
import { type Bench, bundleBench } from "../bench/workers.ts";

/** The goal is 1.2; the rest is room for the noise of shared machines. */
const HIGHEST_RATIO = 1.2 * 1.6;

describe("the cost of a call", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await bundleBench();
  });

  it("stays near that of the same primitives called by hand, whatever the tracing", { retry: 2 }, () => {
    const overhead = measureOverhead(bench, 3);
    for (const tracing of TRACINGS) expect(overhead[tracing].ratio, tracing).toBeLessThan(HIGHEST_RATIO);
  });

  it("stays below what the HTTP instrumentation and a metrics package add to a call on loopback", {
    retry: 2,
  }, async () => {
    const loopback = await measureLoad(bench, "loopback", ["both", "peers"], 3);
    expect(compareWithPeers(loopback, "both")).toBeLessThan(1);
  });

  it("grows neither series nor heap with hostile ids, codes and headers", () => {
    const flood = bench.run<{ heapGrowthBytes: number; seriesGrowth: number }>("flood", "60000");
    expect(flood.seriesGrowth).toBe(0);
    // A leak of one small object a call would be some 5 MB here.
    expect(flood.heapGrowthBytes).toBeLessThan(1_000_000);
  });
});
