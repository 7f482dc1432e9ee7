import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";
import { root } from "../support/worker-bundle.ts";
import { type CandidateName, TOOL_NAMES } from "./candidates/names.ts";
import { judge, type Run, type Verdict } from "./judge.ts";
import { CORRELATION, type Scenario } from "./scenario.ts";
import type { Report } from "./worker.ts";

const LONGEST_RUN_SECONDS = 30;
const MOST_TRIES = 3;
/** Every record is read so soon after the simulator has started. */
const ROOM_SECONDS = 6;
const WINDOW_SECONDS = 60;

/** The verdicts on one scenario. */
export interface Row {
  readonly scenario: Scenario;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** A clock that stands still, in a window with room before its end: the same responses in every run. */
async function standStill(): Promise<Pick<SimulatorOptions, "epochMilliseconds" | "windowSeconds">> {
  const leftSeconds = WINDOW_SECONDS - ((Date.now() / 1000) % WINDOW_SECONDS);
  if (leftSeconds < ROOM_SECONDS) await setTimeout(leftSeconds * 1000);
  const now = Date.now();
  return { epochMilliseconds: () => now, windowSeconds: WINDOW_SECONDS };
}

function runWorker(worker: string, args: readonly string[]): Promise<Run["report"]> {
  const options = { cwd: root, timeout: LONGEST_RUN_SECONDS * 1000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [worker, ...args], options, (error, stdout, stderr) => {
      const lastWords = stderr.split("\n").find((line) => /Error/.test(line)) ?? stderr.slice(0, 200);
      resolve(error ? { died: lastWords.trim() || error.message } : (JSON.parse(stdout) as Report));
    });
  });
}

async function playOnce(worker: string, scenario: Scenario, tool: CandidateName): Promise<Run> {
  const tls = scenario.untrusted ? { tls: LOCALHOST_TLS } : {};
  const simulator = await startSimulator({ ...(await standStill()), ...tls, ...scenario.simulator });
  if (scenario.gone) await simulator.close();
  try {
    const report = await runWorker(worker, [tool, scenario.name, simulator.url]);
    await simulator.ledger.waitForIdle();
    return { report, ledger: simulator.ledger.entries() };
  } finally {
    if (!scenario.gone) await simulator.close();
  }
}

/**
 * Plays a scenario with one tool, with a separate simulator and process. The port may have belonged to somebody else a
 * moment ago, whose requests still come; then the simulator's responses were not the agreed ones, and it is played again.
 */
async function play(worker: string, scenario: Scenario, tool: CandidateName): Promise<Run> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const run = await playOnce(worker, scenario, tool);
    if (run.ledger.every(({ correlation }) => correlation === CORRELATION)) return run;
  }
  throw new Error(`${scenario.name}: requests of strangers in ${MOST_TRIES} simulators, one after the other`);
}

/** Plays a scenario with bare axios and with each tool, and judges what they recorded. */
export async function runScenario(worker: string, scenario: Scenario): Promise<Row> {
  const bare = await play(worker, scenario, "bare");
  if ("died" in bare.report)
    throw new Error(`${scenario.name}: the run with bare axios died: ${bare.report.died}`);
  const verdicts: Record<string, Verdict> = {};
  for (const tool of TOOL_NAMES) {
    verdicts[tool] = judge(scenario, tool, bare.report, await play(worker, scenario, tool));
  }
  return { scenario, verdicts };
}
