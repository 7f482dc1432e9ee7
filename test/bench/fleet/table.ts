import { cpus } from "node:os";
import { markdownTable } from "@intercom-telemetry/guards/markdown";
import type { FleetCost } from "./measure.ts";

/** What each figure is called. */
const NAMES: Readonly<Record<keyof FleetCost, string>> = {
  processes: "Processes",
  seriesPerProcess: "Series a process",
  series: "Series",
  samplesPerSecond: "Samples a second, scraped every 15 s",
  recordedSeries: "Recorded series",
  rulesSecondsPerMinute: "All rules, seconds of one core a minute",
  firstScreenSeconds: "First screen of the overview over six hours, seconds",
  samplesReadRatio: "Samples read by its queries without recorded series, over those with them",
};

const FIGURES = Object.keys(NAMES) as (keyof FleetCost)[];

/** The figures for people. */
export function describeCosts(costs: readonly FleetCost[]): string {
  const lines = costs.map((cost) => FIGURES.map((key) => `${NAMES[key].padEnd(76)}${cost[key]}`));
  return lines.map((each) => each.join("\n")).join("\n\n");
}

/** The figures as a table of the documentation. */
export function fleetTable(costs: readonly FleetCost[]): string {
  const [first, ...others] = FIGURES;
  const format = (key: keyof FleetCost) => costs.map((cost) => cost[key].toLocaleString("en-US"));
  const head = [NAMES[first ?? "processes"], ...format("processes")];
  const rows = others.map((key) => [NAMES[key], ...format(key)]);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}`;
  return [
    markdownTable(head, rows, ["left", "right"]),
    "",
    `Measured on ${new Date().toISOString().slice(0, 10)}, on a shared machine with ${machine}.`,
  ].join("\n");
}
