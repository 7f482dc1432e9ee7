/**
 * `npm run bench:fleet [-- --processes 500,5000] [-- --json] [-- --write]`: what a fleet of processes costs a real
 * Prometheus: series, rules, and the first screen of the overview over six hours. `--json` prints the figures as the last
 * line, one object for one fleet, an array for several; `--write` brings the table of examples/scale up to date.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceBlock } from "@intercom-telemetry/guards/markdown";
import { type FleetCost, measureFleet } from "./fleet/measure.ts";
import { describeCosts, fleetTable } from "./fleet/table.ts";

const README = new URL("../../examples/scale/README.md", import.meta.url);

const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "500" },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const sizes = values.processes.split(",").map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
  throw new TypeError(`--processes: expected whole numbers above 0, got ${values.processes}`);
}

async function measure(processes: number): Promise<FleetCost> {
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  try {
    return await measureFleet(folder, processes, (line) => void process.stderr.write(`${line}\n`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const costs: FleetCost[] = [];
for (const size of sizes) costs.push(await measure(size));
if (values.write)
  writeFileSync(README, replaceBlock(readFileSync(README, "utf8"), "fleet", fleetTable(costs)));
process.stdout.write(`${describeCosts(costs)}\n`);
if (values.json) process.stdout.write(`${JSON.stringify(costs.length === 1 ? costs[0] : costs)}\n`);
