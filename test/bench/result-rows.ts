import { LOAD_VARIANTS, type LoadVariantName } from "./load-variants.ts";
import type { LoadResult } from "./measure-load.ts";
import { TRACINGS } from "./overhead.ts";
import { OWNERS } from "./owners.ts";
import type { Costs, ToolComparison } from "./run-bench.ts";
import type { Spread } from "./statistics.ts";

/** The cells of a table, its head first. */
export type Rows = readonly (readonly string[])[];

const microseconds = (nanoseconds: number): string => (nanoseconds / 1000).toFixed(1);
/** Bytes as KiB, for a cell. */
export const kibibytes = (bytes: number): string => (bytes / 1024).toFixed(0);

function spread({ median, low, high }: Spread): string {
  return `${microseconds(median)} (${microseconds(low)} to ${microseconds(high)})`;
}

/** Ours beside the floor. */
export function overheadRows({ overhead }: Costs): Rows {
  const lines = TRACINGS.map((tracing) => {
    const { floorNanoseconds, oursNanoseconds, ratio } = overhead[tracing];
    return [tracing, microseconds(floorNanoseconds), microseconds(oursNanoseconds), ratio.toFixed(2)];
  });
  return [["Tracing", "by hand, µs", "ours, µs", "ours / by hand"], ...lines];
}

/** Whole calls on loopback, ours beside the floor. */
export function wholeCallRows({ wholeCalls }: Costs): Rows {
  const lines = Object.entries(wholeCalls).map(([concurrency, { median, low, high }]) => [
    concurrency,
    `${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
  ]);
  return [["Calls at a time", "CPU of a whole call, ours / by hand"], ...lines];
}

/** The meter recorder beside the same instruments. */
export function meterRows({ meter }: Costs): Rows {
  const { byHandNanoseconds, oursNanoseconds, ratio } = meter;
  return [
    ["OpenTelemetry metrics", "by hand, µs", "ours, µs", "ours / by hand"],
    ["an attempt", microseconds(byHandNanoseconds), microseconds(oursNanoseconds), ratio.toFixed(2)],
  ];
}

/** What each variant adds to a call, at each concurrency. */
export function loadRows(
  results: readonly LoadResult[],
  addedBytes?: ReadonlyMap<LoadVariantName, number>,
): Rows {
  const head = [
    "Variant",
    "at a time",
    "CPU added, µs",
    "time added, µs",
    "collections / 1000",
    "loop delay p99, ms",
  ];
  const bare = results
    .slice(0, 3)
    .map((each) => [
      "bare axios (in all)",
      String(each.concurrency),
      microseconds(each.bareCpuNanoseconds),
      microseconds(each.bareWallNanoseconds),
      each.bareCollections.toFixed(1),
      each.bareLoopDelayMilliseconds.toFixed(1),
    ]);
  const lines = results.map((each) => [
    LOAD_VARIANTS[each.variant].title,
    String(each.concurrency),
    spread(each.addedCpuNanoseconds),
    spread(each.addedWallNanoseconds),
    each.collections.toFixed(1),
    each.loopDelayMilliseconds.toFixed(1),
  ]);
  if (!addedBytes) return [head, ...bare, ...lines];
  const bytes = results.map(({ variant }) => (addedBytes.get(variant) ?? Number.NaN).toFixed(0));
  // With a stub adapter the calls never let the event loop turn: its delay says nothing.
  const withoutDelay = (row: readonly string[]): string[] => row.slice(0, -1);
  return [
    [...withoutDelay(head), "bytes added"],
    ...bare.map((row) => [...withoutDelay(row), ""]),
    ...lines.map((row, index) => [...withoutDelay(row), bytes[index] ?? ""]),
  ];
}

/** Who the time of a call goes to. */
export function profileRows({ profiles }: ToolComparison): Rows {
  const lines = profiles.map(({ title, microseconds }) => [
    title,
    ...OWNERS.map((owner) => microseconds[owner].toFixed(1)),
  ]);
  return [["Variant", ...OWNERS.map((owner) => `${owner}, µs`)], ...lines];
}

/** What a scrape costs. */
export function scrapeRows({ scrapes }: Costs): Rows {
  const lines = scrapes.map((scrape) => [
    String(scrape.series),
    kibibytes(scrape.bytes),
    scrape.oursMilliseconds.toFixed(1),
    scrape.plainMilliseconds.toFixed(1),
    (scrape.oursMilliseconds / scrape.plainMilliseconds).toFixed(2),
    (scrape.oursTurnMilliseconds / scrape.plainTurnMilliseconds).toFixed(2),
  ]);
  const head = [
    "Series",
    "KiB",
    "ours, ms",
    "prom-client's own, ms",
    "ours / own",
    "longest turn, ours / own",
  ];
  return [head, ...lines];
}

/** What it takes to have a package. */
export function weightRows({ weights }: Costs): Rows {
  const lines = weights.map(({ name, importMilliseconds, bytes, packages }) => [
    name,
    importMilliseconds.toFixed(0),
    kibibytes(bytes),
    String(packages),
  ]);
  return [["Package", "import, ms", "installed, KiB", "packages"], ...lines];
}
