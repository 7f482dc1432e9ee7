/**
 * `npm run bench [-- --json] [-- --quick] [-- --write]`: what a call costs, beside the same primitives called by hand and
 * beside other tools. Takes some 25 minutes; `--quick` takes 3 samples instead of 15, `--write` brings
 * packages/axios/docs/cost.md up to date.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "../support/worker-bundle.ts";
import { writeCostPage } from "./cost-page.ts";
import { printResults } from "./print-results.ts";
import { runBench, toSummary } from "./run-bench.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const results = await runBench(
  values.quick ? { samples: 3, floodCalls: 100_000 } : { samples: 15, floodCalls: 1_000_000 },
  say,
);
printResults(results, say);
if (values.write) writeFileSync(`${root}packages/axios/docs/cost.md`, writeCostPage(results));
if (values.json) say(JSON.stringify(toSummary(results)));
