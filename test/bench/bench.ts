/**
 * `npm run bench [-- --json] [-- --quick] [-- --write] [-- --samples 15]`: what a call costs, beside the same primitives
 * called by hand and beside other tools. Takes some 25 minutes; `--samples` is how many fresh processes each figure is the
 * median of. `--quick` takes one minute, and leaves the other tools and the profiles out; `--write` brings
 * packages/axios/docs/cost.md up to date and needs all of it.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "../support/worker-bundle.ts";
import { writeCostPage } from "./cost-page.ts";
import { printComparison, printCosts } from "./print-results.ts";
import { compareTools, measureCosts, toSummary } from "./run-bench.ts";
import { bundleBench } from "./workers.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    samples: { type: "string" },
  },
});
if (values.quick && values.write) throw new TypeError("--write: expected the long form, got --quick too");
const samples = Number(values.samples ?? (values.quick ? 3 : 15));
if (!Number.isInteger(samples) || samples < 1)
  throw new TypeError("--samples: expected a whole number, 1 or more");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const bench = await bundleBench();
const effort = { samples, floodCalls: values.quick ? 100_000 : 1_000_000 };
const costs = await measureCosts(bench, effort, say);
printCosts(costs, say);
if (!values.quick) {
  const comparison = await compareTools(bench, effort, say);
  printComparison(comparison, say);
  if (values.write) writeFileSync(`${root}packages/axios/docs/cost.md`, writeCostPage(costs, comparison));
}
if (values.json) say(JSON.stringify(toSummary(costs)));
