import { compareWithPeers } from "./measure-load.ts";
import { loadRows, overheadRows, profileRows, scrapeRows, weightRows } from "./result-rows.ts";
import type { BenchResults } from "./run-bench.ts";

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

/** The tables of a run, for a terminal. */
export function printResults(results: BenchResults, say: (text: string) => void): void {
  say(`\n${align(overheadRows(results))}`);
  say(`\nStub adapter\n${align(loadRows(results.stub, results.addedBytes))}`);
  say(`\nLoopback\n${align(loadRows(results.loopback))}`);
  const share = (name: "both" | "byHand"): string =>
    (compareWithPeers(results.loopback, name) * 100).toFixed(0);
  say(
    `Of the CPU that instrumentation-http and axios-prometheus-adapter add together, ours adds ${share("both")} %, by hand ${share("byHand")} %`,
  );
  say(`\nProfiles\n${align(profileRows(results))}`);
  say(`\n${align(scrapeRows(results))}`);
  say(`\n${align(weightRows(results))}`);
  say(`\nFinding the operation of a path: ${results.matchNs.toFixed(0)} ns`);
  const { heapGrowthBytes, seriesGrowth } = results.flood;
  say(
    `After ${results.effort.floodCalls} hostile calls: heap ${(heapGrowthBytes / 1024).toFixed(0)} KiB more, series ${seriesGrowth} more\n`,
  );
}
