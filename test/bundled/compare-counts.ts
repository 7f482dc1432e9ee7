import { METRICS } from "@intercom-telemetry/core/contract";
import { startSimulator } from "@intercom-telemetry/simulator";
import type { ReadMetrics } from "./bundler.ts";

/** The requests of one service, each as `METHOD status`, in alphabetical order. */
export interface Counts {
  /** What the service's own metrics say. */
  readonly counted: readonly string[];
  /** What the simulated Intercom received. */
  readonly ledger: readonly string[];
}

const readLabel = (line: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? "";

/** One entry for each request that the counter has. */
function readCounter(page: string): string[] {
  const series = page.split("\n").filter((line) => line.startsWith(`${METRICS.requests.name}{`));
  const requests = series.flatMap((line) => {
    const request = `${readLabel(line, "method")} ${readLabel(line, "status_code")}`;
    const value = Number(line.slice(line.lastIndexOf(" ")));
    return Array<string>(value).fill(request);
  });
  return requests.sort();
}

/** Runs the service that lies in this folder against a simulated Intercom, and asks both for the requests. */
export async function compareCounts(folder: string, readMetrics: ReadMetrics): Promise<Counts> {
  const simulator = await startSimulator();
  try {
    const counted = readCounter(await readMetrics(folder, simulator.url));
    const ledger = simulator.ledger.entries().map(({ method, status }) => `${method} ${status}`);
    return { counted, ledger: ledger.sort() };
  } finally {
    await simulator.close();
  }
}
