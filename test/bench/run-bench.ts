import { installedSize } from "./installed-size.ts";
import { LOAD_VARIANTS, type LoadVariant, type LoadVariantName } from "./load-variants.ts";
import { compareWithPeers, type LoadResult, measureLoad } from "./measure-load.ts";
import { measureOverhead, type Overhead, TRACINGS } from "./overhead.ts";
import { measureProfiles, type Profile } from "./profile.ts";
import { measureScrapes, type Scrape } from "./scrape.ts";
import { median } from "./statistics.ts";
import type { Tracing } from "./variants.ts";
import { type Bench, bundleBench } from "./workers.ts";

/** How much is measured. */
export interface Effort {
  readonly samples: number;
  readonly floodCalls: number;
}

/** What it takes to have a package at all. */
export interface Weight {
  readonly name: string;
  readonly importMilliseconds: number;
  readonly bytes: number;
  readonly packages: number;
}

/** Everything that one run has found. */
export interface BenchResults {
  readonly effort: Effort;
  readonly overhead: Record<Tracing, Overhead>;
  readonly stub: readonly LoadResult[];
  readonly loopback: readonly LoadResult[];
  readonly profiles: readonly Profile[];
  /** Bytes that one call allocates, by variant, over bare axios. */
  readonly addedBytes: ReadonlyMap<LoadVariantName, number>;
  readonly scrapes: readonly Scrape[];
  readonly weights: readonly Weight[];
  readonly matchNs: number;
  readonly flood: { readonly heapGrowthBytes: number; readonly seriesGrowth: number };
}

const WEIGHED = [
  "@intercom-telemetry/axios",
  "@opentelemetry/instrumentation-http",
  "axios-prometheus-adapter",
  "prometheus-api-metrics",
];

const variants = Object.keys(LOAD_VARIANTS) as LoadVariantName[];

function measureBytes(bench: Bench): ReadonlyMap<LoadVariantName, number> {
  const possible = variants.filter((name) => !(LOAD_VARIANTS[name] as LoadVariant).onlyLoopback);
  return new Map(
    possible.map((name) => {
      const { bareBytes, toolBytes } = bench.run<{ bareBytes: number; toolBytes: number }>("bytes", name);
      return [name, toolBytes - bareBytes];
    }),
  );
}

function weigh(bench: Bench, name: string, samples: number): Weight {
  const times = Array.from(
    { length: samples },
    () => bench.run<{ milliseconds: number }>("import", name).milliseconds,
  );
  return { name, importMilliseconds: median(times), ...installedSize(name) };
}

/** Runs everything, one after the other, and says what it is doing. */
export async function runBench(effort: Effort, say: (line: string) => void): Promise<BenchResults> {
  const { samples, floodCalls } = effort;
  const bench = await bundleBench();
  say("Bytes, scrapes and imports ...");
  const addedBytes = measureBytes(bench);
  const scrapes = measureScrapes(bench, "prom-client");
  const weights = WEIGHED.map((name) => weigh(bench, name, samples));
  say(
    `Beside the same primitives by hand: ${samples} fresh processes for each of ${TRACINGS.join(", ")} ...`,
  );
  const overhead = measureOverhead(bench, samples);
  say(`Beside other tools, stub adapter: ${samples} fresh processes for each ...`);
  const stub = await measureLoad(bench, "stub", variants, samples);
  say(`Beside other tools, loopback: ${samples} fresh processes for each ...`);
  const loopback = await measureLoad(bench, "loopback", variants, samples);
  say("Profiles ...");
  const profiles = await measureProfiles(bench, samples);
  say(`${floodCalls} hostile calls ...`);
  const flood = bench.run<BenchResults["flood"]>("flood", String(floodCalls));
  const matchNs = bench.run<{ nanoseconds: number }>("match").nanoseconds;
  return { effort, overhead, stub, loopback, profiles, addedBytes, scrapes, weights, matchNs, flood };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The last line of `npm run bench -- --json`. */
export function toSummary(results: BenchResults): object {
  const ratios = TRACINGS.map((tracing) => [tracing, round(results.overhead[tracing].ratio, 3)]);
  return {
    overheadVsFloor: Object.fromEntries(ratios),
    vsPeersLoopbackCpu: round(compareWithPeers(results.loopback, "both"), 3),
    floorVsPeersLoopbackCpu: round(compareWithPeers(results.loopback, "byHand"), 3),
    matchNs: round(results.matchNs, 1),
    ...results.flood,
  };
}
