/** `npm run herd [-- --quota 1667] [--only <variant>] [--windows 4] [--json] [--write]`: many processes, one quota. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { replaceBlock } from "@intercom-telemetry/guards/markdown";
import { bundleWorkers, root } from "../support/worker-bundle.ts";
import { type HerdResult, playHerd } from "./play-herd.ts";
import { VARIANTS } from "./variants.ts";

const { values } = parseArgs({
  options: {
    quota: { type: "string", multiple: true, default: ["1667", "166"] },
    only: { type: "string", multiple: true, default: [...VARIANTS] },
    windows: { type: "string", default: "4" },
    processes: { type: "string", default: "20" },
    demand: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const PAGE = `${root}packages/axios/docs/retry.md`;
const HEAD =
  "| quota | called by | each window used at least | refused with 429 | most over least served | calls that failed |";

const LONGEST_STALL_SECONDS = 0.5;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function toRow({
  quota,
  variant,
  leastUse,
  refusedShare,
  mostOverLeast,
  succeeded,
  failed,
}: HerdResult): string {
  const cells = [
    String(quota),
    variant,
    percent(leastUse),
    percent(refusedShare),
    mostOverLeast.toFixed(2),
    percent(failed / Math.max(1, failed + succeeded)),
  ];
  return `| ${cells.join(" | ")} |`;
}

const { worker = "" } = await bundleWorkers("herd", { worker: "test/herd/herd-worker.ts" });
const results: HerdResult[] = [];
for (const quota of values.quota.map(Number)) {
  for (const variant of VARIANTS.filter((each) => values.only.includes(each))) {
    const windows = Number(values.windows);
    const processes = Number(values.processes);
    const result = await playHerd({
      worker,
      variant,
      quota,
      processes,
      demand: Number(values.demand),
      windows,
    });
    process.stdout.write(`${toRow(result)}  longest stall ${result.longestStallSeconds.toFixed(2)} s\n`);
    results.push(result);
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
const tooBusy = results.filter(({ longestStallSeconds }) => longestStallSeconds > LONGEST_STALL_SECONDS);
if (values.write && tooBusy.length > 0) {
  process.stdout.write(
    "Not written: processes stalled, so the machine was too busy for the figures to mean anything\n",
  );
  process.exitCode = 1;
} else if (values.write) {
  const rule = `|${" --- |".repeat(HEAD.split("|").length - 2)}`;
  const machine = `Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`;
  const table = [HEAD, rule, ...results.map(toRow), "", machine].join("\n");
  writeFileSync(PAGE, replaceBlock(readFileSync(PAGE, "utf8"), "herd", `\n${table}\n`));
}
