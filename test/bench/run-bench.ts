import { type BundledSize, bundledSize } from "./bundled-size.ts";
import { installedSize } from "./installed-size.ts";
import { LOAD_VARIANTS, type LoadVariant, type LoadVariantName } from "./load-variants.ts";
import { type LoadResult, measureLoad } from "./measure-load.ts";
import { type MeterCost, measureMeter } from "./meter.ts";
import { measureOverhead, type Overhead, TRACINGS } from "./overhead.ts";
import { measureProfiles, type Profile } from "./profile.ts";
import { compareScrapes, measureScrapes, type Scrape } from "./scrape.ts";
import { median } from "./statistics.ts";
import type { Tracing } from "./variants.ts";
import { measureWholeCalls, type WholeCalls } from "./whole-call.ts";
import type { Bench } from "./workers.ts";

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

/** What `npm run bench -- --json` sums up. */
export interface Costs {
  readonly effort: Effort;
  readonly overhead: Record<Tracing, Overhead>;
  readonly wholeCalls: WholeCalls;
  readonly meter: MeterCost;
  readonly scrapes: readonly Scrape[];
  readonly weights: readonly Weight[];
  readonly bundled: BundledSize;
  readonly matchNs: number;
  readonly flood: { readonly heapGrowthBytes: number; readonly seriesGrowth: number };
}

/** What other tools cost beside ours, and where the time goes. */
export interface ToolComparison {
  readonly stub: readonly LoadResult[];
  readonly loopback: readonly LoadResult[];
  readonly profiles: readonly Profile[];
  /** Bytes that one call allocates, by variant, over bare axios. */
  readonly addedBytes: ReadonlyMap<LoadVariantName, number>;
}

const OURS = "@intercom-telemetry/axios";
const WEIGHED = [
  OURS,
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

/** Weighs the packages in turns, so that whatever else the machine does slows all of them down. */
function weighAll(bench: Bench, samples: number): Weight[] {
  const times = new Map<string, number[]>(WEIGHED.map((name) => [name, []]));
  for (let sample = 0; sample < samples; sample += 1) {
    for (const [name, list] of times)
      list.push(bench.run<{ milliseconds: number }>("import", name).milliseconds);
  }
  return [...times].map(([name, list]) => ({
    name,
    importMilliseconds: median(list),
    ...installedSize(name),
  }));
}

/** Measures everything that the summary is made of, and says what it is doing. */
export async function measureCosts(
  bench: Bench,
  effort: Effort,
  say: (line: string) => void,
): Promise<Costs> {
  const { samples, floodCalls } = effort;
  say(
    `Beside the same by hand, stub adapter: ${samples} fresh processes for each of ${TRACINGS.join(", ")} ...`,
  );
  const overhead = measureOverhead(bench, samples);
  say(`Beside the same by hand, loopback: ${samples} fresh processes ...`);
  const wholeCalls = await measureWholeCalls(bench, samples);
  say(`The meter recorder beside the same instruments by hand: ${samples} fresh processes ...`);
  const meter = measureMeter(bench, samples);
  say("Scrapes ...");
  const scrapes = measureScrapes(bench, "prom-client");
  say("Imports and sizes ...");
  const weights = weighAll(bench, samples);
  const bundled = await bundledSize();
  say(`${floodCalls} hostile calls ...`);
  const flood = bench.run<Costs["flood"]>("flood", String(floodCalls));
  const matchNs = bench.run<{ nanoseconds: number }>("match").nanoseconds;
  return { effort, overhead, wholeCalls, meter, scrapes, weights, bundled, matchNs, flood };
}

/** Measures other tools beside ours. */
export async function compareTools(
  bench: Bench,
  { samples }: Effort,
  say: (line: string) => void,
): Promise<ToolComparison> {
  say("Bytes of a call ...");
  const addedBytes = measureBytes(bench);
  say(`Beside other tools, stub adapter: ${samples} fresh processes for each ...`);
  const stub = await measureLoad(bench, "stub", variants, samples);
  say(`Beside other tools, loopback: ${samples} fresh processes for each ...`);
  const loopback = await measureLoad(bench, "loopback", variants, samples);
  say("Profiles ...");
  return { stub, loopback, addedBytes, profiles: await measureProfiles(bench, samples) };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The last line of `npm run bench -- --json`. */
export function toSummary({
  overhead,
  wholeCalls,
  meter,
  scrapes,
  weights,
  bundled,
  matchNs,
  flood,
}: Costs): object {
  const { scrapeVsPlain, scrapeTurnVsPlain } = compareScrapes(scrapes);
  const installedBytes = weights.find(({ name }) => name === OURS)?.bytes ?? Number.NaN;
  return {
    overheadVsFloor: Object.fromEntries(TRACINGS.map((each) => [each, round(overhead[each].ratio, 3)])),
    loopbackVsFloor: Object.fromEntries(
      Object.entries(wholeCalls).map(([concurrency, { median: ratio }]) => [concurrency, round(ratio, 3)]),
    ),
    meterVsByHand: round(meter.ratio, 3),
    scrapeVsPlain: round(scrapeVsPlain, 3),
    scrapeTurnVsPlain: round(scrapeTurnVsPlain, 3),
    installedKiB: Math.ceil(installedBytes / 1024),
    bundledKiB: Math.ceil(bundled.bytes / 1024),
    matchNs: round(matchNs, 1),
    ...flood,
  };
}
