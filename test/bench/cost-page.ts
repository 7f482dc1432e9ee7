import { cpus, platform, totalmem } from "node:os";
import { markdownTable } from "@intercom-telemetry/guards/markdown";
import type { LoadVariantName } from "./load-variants.ts";
import { compareWithPeers } from "./measure-load.ts";
import {
  kibibytes,
  loadRows,
  meterRows,
  overheadRows,
  profileRows,
  type Rows,
  scrapeRows,
  weightRows,
  wholeCallRows,
} from "./result-rows.ts";
import type { Costs, ToolComparison } from "./run-bench.ts";

const toTable = ([head = [], ...rows]: Rows): string => markdownTable(head, rows, ["left", "right"]);

function describeMachine(): string {
  const [first] = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${gibibytes} GiB, ${platform()}, Node ${process.versions.node}`;
}

function conclusions({ overhead, wholeCalls, bundled, matchNs, flood, effort }: Costs): string {
  const { recording, sampledOut, noSdk } = overhead;
  const microseconds = (recording.oursNanoseconds / 1000).toFixed(1);
  const ratios = [recording, sampledOut, noSdk].map(({ ratio }) => ratio.toFixed(2)).join(", ");
  const whole = Object.values(wholeCalls).map((spread) => spread.median.toFixed(2));
  return `- A successful call costs ${microseconds} µs more than bare axios, with spans recorded. That is ${ratios} times (recording, sampled
  out, no SDK) what the same span and the same metrics cost when they are written by hand at the same place.
- Where requests really go over a socket, a whole call takes ${whole.join(", ")} times the CPU of one that is measured
  by hand (1, 16, 256 at a time).
- Finding the operation of a path takes ${matchNs.toFixed(0)} ns. After ${effort.floodCalls} hostile calls, each
  with a distinct id, code and headers, the heap has grown by ${kibibytes(flood.heapGrowthBytes)} KiB and the number of series by ${flood.seriesGrowth}.
- A bundled and minified service grows by ${kibibytes(bundled.bytes)} KiB, compressed by ${kibibytes(bundled.compressedBytes)} KiB.`;
}

function comparePeers({ loopback }: ToolComparison): string {
  const percent = (name: LoadVariantName): string => (compareWithPeers(loopback, name) * 100).toFixed(0);
  return `Ours adds ${percent("both")} % of the CPU that instrumentation-http and axios-prometheus-adapter add together; by hand it is
${percent("byHand")} %.`;
}

const INTRODUCTION = `Differences to bare axios in the same process, bare and variant in turns after a warm-up; median over the fresh processes,
in brackets the quarter below and the quarter above it. Of a hundred calls 90 end with 200, 5 with 429, 3 with 404, 2 are
refused. The row "the noise" is bare axios beside bare axios: differences that small mean nothing.`;

/** The page of the documentation, in Markdown. */
export function writeCostPage(costs: Costs, comparison: ToolComparison): string {
  const { effort } = costs;
  const { loopback, stub, addedBytes } = comparison;
  return `# Cost

Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}, ${effort.samples} samples, each a fresh process, on a shared
machine: ${describeMachine()}.

${conclusions(costs)}

## Beside the same work by hand

A careful engineer could write the same span and the same metrics by hand, at the same place, knowing the template
beforehand: that is the floor. What a successful call costs over bare axios with a stub adapter, in CPU time:

${toTable(overheadRows(costs))}

Whole calls on loopback, failures among them, which the hand-written code looks at as ours does:

${toTable(wholeCallRows(costs))}

The metrics of an attempt through an OpenTelemetry meter, beside the same instruments called by hand, without the call:

${toTable(meterRows(costs))}

## Beside other tools, stub adapter

${INTRODUCTION}
instrumentation-http has nothing to see here.

${toTable(loadRows(stub, addedBytes))}

## Beside other tools, loopback

The same with a server in another process. Everything costs more here than with the stub, the same lines by
hand too. Between two of their runs the processor does hundreds of microseconds of other work and has
forgotten them.

${toTable(loadRows(loopback))}

${comparePeers(comparison)}

## Where the time goes

A call on loopback, 16 at a time, by the sampling profiler, which itself slows everything down: compare the columns, not
the sums. "collector" is the garbage collector; what has to live as long as a request costs most there.

${toTable(profileRows(comparison))}

## Scrapes

After calls to every operation of the API by several clients, beside prom-client's own metrics with the same series and
values. \`/metrics\` blocks the event loop for the longest turn:

${toTable(scrapeRows(costs))}

## Size

Import in a process in which axios, prom-client and OpenTelemetry's API are loaded; installed size with all
dependencies but those three.

${toTable(weightRows(costs))}
`;
}
