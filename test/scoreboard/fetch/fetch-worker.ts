/** `fetch-worker.ts <road> <tool>`: plays every scenario of a road with one tool and prints what came of it as JSON. */
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import type { Scenario } from "../../fetch/scenarios/scenario.ts";
import { later } from "../../fetch/scenarios/scenario.ts";
import { viewOf } from "../../fetch/scenarios/view.ts";
import { tallyLedger } from "../../support/compare-records.ts";
import { CANDIDATES, type FetchTool } from "./candidates.ts";
import { ROADS, type ScoredRoad } from "./roads.ts";

/** What one scenario gave. */
export interface Played {
  readonly view: unknown;
  /** As the tool wrote them down. */
  readonly records: readonly string[];
  /** `METHOD template status code retryable` of each request that the simulator saw. */
  readonly ledger: readonly string[];
}

/** Whatever reads beside the caller has ended by then. */
const SETTLE_MILLISECONDS = 50;

const toKeys = (simulator: Simulator): string[] =>
  [...tallyLedger(simulator.ledger.entries())].flatMap(([key, times]) => Array<string>(times).fill(key));

async function play(scenario: Scenario, road: ScoredRoad, tool: "bare" | FetchTool): Promise<Played> {
  const { script } = scenario;
  const simulator = await startSimulator({ windowSeconds: 1, ...(script ? { script } : {}) });
  const candidate = CANDIDATES[tool](simulator.url, road.isGlobal);
  const { fetch } = candidate;
  try {
    const client = road.createClient(simulator.url, fetch);
    const view = await viewOf(scenario.run({ simulator, fetch, client }));
    await simulator.ledger.waitForIdle();
    await later(SETTLE_MILLISECONDS);
    return { view, records: await candidate.read(), ledger: toKeys(simulator) };
  } finally {
    candidate.detach();
    await simulator.close();
  }
}

const [roadName = "", tool = ""] = process.argv.slice(2);
const road = ROADS[roadName];
if (!road) throw new Error(`road: expected one of ${Object.keys(ROADS).join(", ")}, got ${roadName}`);
const played: Played[] = [];
for (const scenario of road.scenarios) played.push(await play(scenario, road, tool as "bare" | FetchTool));
process.stdout.write(JSON.stringify(played));
process.exit(0);
