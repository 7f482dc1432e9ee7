/** `npm run bench [-- --json]`: what a call costs beside the same primitives called by hand. Ratios of one run. */
import { parseArgs } from "node:util";
import { bundleWorkers, runWorker } from "./bundle.ts";
import { measureOverhead, TRACINGS } from "./overhead.ts";

const FLOOD_CALLS = 1_000_000;
const SAMPLES = 7;

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await bundleWorkers();
say(`Cost of one call over bare axios, stub adapter, median of ${SAMPLES} fresh processes:`);
const overhead = measureOverhead(SAMPLES);
for (const tracing of TRACINGS) {
  const { floorNanoseconds, oursNanoseconds, ratio } = overhead[tracing];
  const figures = `by hand ${round(floorNanoseconds, 0)} ns, ours ${round(oursNanoseconds, 0)} ns`;
  say(`  ${tracing.padEnd(10)}  ${figures}, ratio ${round(ratio, 2)}`);
}
const { nanoseconds } = runWorker<{ nanoseconds: number }>("match");
say(`Finding the endpoint of a path: ${round(nanoseconds, 0)} ns`);
const flood = runWorker<{ heapGrowthBytes: number; seriesGrowth: number }>("flood", String(FLOOD_CALLS));
say(
  `After ${FLOOD_CALLS} hostile calls: heap ${round(flood.heapGrowthBytes / 1024, 0)} KiB more, ` +
    `series ${flood.seriesGrowth} more`,
);
if (values.json) {
  const ratios = Object.fromEntries(TRACINGS.map((tracing) => [tracing, round(overhead[tracing].ratio, 3)]));
  say(JSON.stringify({ overheadVsFloor: ratios, matchNs: round(nanoseconds, 1), ...flood }));
}
