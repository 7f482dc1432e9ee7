import { bundleWorkers } from "../support/worker-bundle.ts";
import { type CandidateName, TOOL_NAMES } from "./candidates/names.ts";
import type { summarizeFetch } from "./fetch/fetch-scoreboard.ts";
import type { Verdict } from "./judge.ts";
import { type Row, runScenario } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** How often a tool was right, wrong, or not asked for what it does not do. */
export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly notOffered: number;
}

/** Scenarios at the same time; more would disturb the ones that measure time. */
const AT_ONCE = 2;

/** Plays every scenario with every tool. The rows come in the order of the scenarios. */
export async function runScoreboard(
  scenarios: readonly Scenario[],
  onRow: (row: Row) => void = () => {},
): Promise<Row[]> {
  const { worker } = await bundleWorkers("scoreboard", { worker: "test/scoreboard/worker.ts" });
  if (worker === undefined) throw new Error("expected the worker to be bundled");
  const rows: Row[] = [];
  const waiting = scenarios.map((scenario, index) => ({ scenario, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const row = await runScenario(worker, next.scenario);
      rows[next.index] = row;
      onRow(row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return rows;
}

/** Adds up the verdicts on one tool. */
export function scoreOf(rows: readonly Row[], tool: CandidateName): Score {
  const count = (result: Verdict["result"]): number =>
    rows.filter(({ verdicts }) => verdicts[tool]?.result === result).length;
  return { right: count("right"), wrong: count("wrong"), notOffered: count("not offered") };
}

/** The last line of `npm run scoreboard -- --json`: ours in all scenarios, the peers by transport. */
export function summarize(rows: readonly Row[], fetch: ReturnType<typeof summarizeFetch>): object {
  const ours = scoreOf(rows, "ours");
  const right = ours.right + fetch.ours.right;
  const wrong = ours.wrong + fetch.ours.wrong;
  const peers = TOOL_NAMES.filter((tool) => tool !== "ours");
  return {
    scenarios: rows.length + fetch.ours.right + fetch.ours.wrong,
    ours: { right, wrong },
    peers: Object.fromEntries(peers.map((tool) => [tool, scoreOf(rows, tool)])),
    fetch,
  };
}
