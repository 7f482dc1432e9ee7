import { compareWithPeers } from "./measure-load.ts";
import {
  kibibytes,
  loadRows,
  meterRows,
  overheadRows,
  profileRows,
  scrapeRows,
  weightRows,
  wholeCallRows,
} from "./result-rows.ts";
import type { Costs, ToolComparison } from "./run-bench.ts";

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What ours costs, for a terminal. */
export function printCosts(costs: Costs, say: (text: string) => void): void {
  say(`\n${align(overheadRows(costs))}`);
  say(`\n${align(wholeCallRows(costs))}`);
  say(`\n${align(meterRows(costs))}`);
  say(`\n${align(scrapeRows(costs))}`);
  say(`\n${align(weightRows(costs))}`);
  const { bytes, compressedBytes } = costs.bundled;
  say(`\nIn a bundled service: ${kibibytes(bytes)} KiB, compressed ${kibibytes(compressedBytes)} KiB`);
  say(`Finding the operation of a path: ${costs.matchNs.toFixed(0)} ns`);
  const { heapGrowthBytes, seriesGrowth } = costs.flood;
  say(
    `After ${costs.effort.floodCalls} hostile calls: heap ${kibibytes(heapGrowthBytes)} KiB more, series ${seriesGrowth} more\n`,
  );
}

/** What other tools cost, for a terminal. */
export function printComparison(comparison: ToolComparison, say: (text: string) => void): void {
  const { stub, loopback, addedBytes } = comparison;
  say(`\nStub adapter\n${align(loadRows(stub, addedBytes))}`);
  say(`\nLoopback\n${align(loadRows(loopback))}`);
  const share = (name: "both" | "byHand"): string => (compareWithPeers(loopback, name) * 100).toFixed(0);
  say(
    `Of the CPU that instrumentation-http and axios-prometheus-adapter add together, ours adds ${share("both")} %, by hand ${share("byHand")} %`,
  );
  say(`\nProfiles\n${align(profileRows(comparison))}\n`);
}
