import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Scenario } from "../../fetch/scenarios/scenario.ts";
import { bundleWorkers, root } from "../../support/worker-bundle.ts";
import type { FetchTool } from "./candidates.ts";
import { FETCH_TOOLS } from "./candidates.ts";
import type { Played } from "./fetch-worker.ts";
import { ROADS } from "./roads.ts";

const run = promisify(execFile);

/** What is wrong with each tool in one scenario; absent where it is right. */
export interface FetchRow {
  readonly name: string;
  readonly wrong: Readonly<Partial<Record<FetchTool, string>>>;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const toMethodAndStatus = (key: string): string => {
  const [method, , status] = key.split(" ");
  return `${method} ${status}`;
};

/** Of `METHOD template status code retryable`, what a tool offers to write down. */
const OFFERS: Readonly<Record<FetchTool, (key: string) => string>> = {
  ours: (key) => key,
  "instrumentation-undici": toMethodAndStatus,
  "auto-instrumentations-node": toMethodAndStatus,
  "@vercel/otel": toMethodAndStatus,
  "a cloning wrapper": (key) => {
    const [method, , status, code] = key.split(" ");
    return status === "-" ? `${method} -` : `${method} ${status} ${code}`;
  },
};

function judge(tool: FetchTool, { recorded }: Scenario, bare: Played, played: Played): string | undefined {
  if (!same(played.view, bare.view)) return "the caller sees something else";
  // Hop by hop, or as the one request that fetch was asked for.
  const truths = [recorded ?? played.ledger, played.ledger].map((keys) => keys.map(OFFERS[tool]).sort());
  const records = [...played.records].sort();
  if (truths.some((truth) => same(truth, records))) return undefined;
  return `${records.join("; ") || "nothing"} instead of ${truths[0]?.join("; ") || "nothing"}`;
}

async function playAll(worker: string, road: string, tool: "bare" | FetchTool): Promise<Played[]> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(process.execPath, [worker, road, tool], options);
  return JSON.parse(stdout) as Played[];
}

/** Plays every scenario of every road with every tool. */
export async function runFetchScoreboard(onRow: (row: FetchRow) => void = () => {}): Promise<FetchRow[]> {
  const { fetch: worker = "" } = await bundleWorkers("scoreboard-fetch", {
    fetch: "test/scoreboard/fetch/fetch-worker.ts",
  });
  const rows: FetchRow[] = [];
  for (const [roadName, { scenarios }] of Object.entries(ROADS)) {
    const bare = await playAll(worker, roadName, "bare");
    const played = await Promise.all(FETCH_TOOLS.map((tool) => playAll(worker, roadName, tool)));
    scenarios.forEach((scenario, index) => {
      const verdicts = FETCH_TOOLS.map((tool, column) => {
        const [expected, found] = [bare[index], played[column]?.[index]];
        return [tool, expected && found ? judge(tool, scenario, expected, found) : "not played"] as const;
      });
      const wrong = Object.fromEntries(verdicts.filter(([, reason]) => reason !== undefined));
      const row = { name: `${roadName}: ${scenario.name}`, wrong };
      rows.push(row);
      onRow(row);
    });
  }
  return rows;
}

/** How often each tool was right and wrong. */
export function summarizeFetch(rows: readonly FetchRow[]) {
  const score = (tool: FetchTool) => {
    const wrong = rows.filter((row) => row.wrong[tool] !== undefined).length;
    return [tool, { right: rows.length - wrong, wrong }] as const;
  };
  return Object.fromEntries(FETCH_TOOLS.map(score)) as Record<FetchTool, { right: number; wrong: number }>;
}
