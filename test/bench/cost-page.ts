import { cpus, platform, totalmem } from "node:os";
import { compareWithPeers } from "./measure-load.ts";
import { loadRows, overheadRows, type Rows, scrapeRows, weightRows } from "./result-rows.ts";
import type { BenchResults } from "./run-bench.ts";

function toTable([head = [], ...body]: Rows): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = `| --- |${" ---: |".repeat(head.length - 1)}`;
  return [line(head), rule, ...body.map(line)].join("\n");
}

function describeMachine(): string {
  const [first] = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${gibibytes} GiB, ${platform()}, Node ${process.versions.node}`;
}

const INTRODUCTION = `Differences to bare axios in the same process, bare and variant in turns; median over the fresh processes, in brackets the
quarter below and the quarter above it. Of a hundred calls 90 end with 200, 5 with 429, 3 with 404, 2 are refused.`;

/** The page of the documentation, in Markdown. */
export function writeCostPage(results: BenchResults): string {
  const { effort, flood, loopback, matchNs, stub } = results;
  const ratio = compareWithPeers(loopback);
  return `# Cost

Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}, ${effort.samples} samples, each a fresh process, on a shared
machine: ${describeMachine()}.

## Beside the same work by hand

A careful engineer could write the same span and the same metrics by hand, at the same place, knowing the endpoint
beforehand and never failing: that is the floor. What a successful call costs over bare axios with a stub adapter:

${toTable(overheadRows(results))}

## Beside other tools, stub adapter

${INTRODUCTION}
instrumentation-http has nothing to see here.

${toTable(loadRows(stub, results.addedBytes))}

## Beside other tools, loopback

The same with a server in another process. Ours adds ${(ratio * 100).toFixed(0)} % of the CPU that instrumentation-http and
axios-prometheus-adapter add together, at 16 calls at a time.

${toTable(loadRows(loopback))}

## Scrapes

After calls to every operation of the API in turn. \`/metrics\` blocks the event loop for this long, and nearly all of it
is prom-client's own work:

${toTable(scrapeRows(results))}

## Size

Import in a process in which axios, prom-client and OpenTelemetry's API are loaded; installed size with all
dependencies but those three.

${toTable(weightRows(results))}

## And

Finding the endpoint of a path takes ${matchNs.toFixed(0)} ns, over all paths of the API. After ${effort.floodCalls} hostile calls, each
with an id, a code and headers of its own, the heap has grown by ${(flood.heapGrowthBytes / 1024).toFixed(0)} KiB and the number of series by ${flood.seriesGrowth}.
`;
}
