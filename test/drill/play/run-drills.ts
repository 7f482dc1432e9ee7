import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Drill } from "../drill.ts";
import { sceneName } from "../drill.ts";
import { startDrillAlertmanager } from "../servers/alertmanager.ts";
import { startWebhook, type Webhook } from "../servers/webhook.ts";
import type { ClockName } from "../time/clocks.ts";
import { inTurns } from "./in-turns.ts";
import { type DrillResult, playDrill } from "./play-drill.ts";
import { judgeQuiet, type QuietResult } from "./quiet.ts";
import { closeScene, openPrometheis, openScenes, type Prometheis, type Stages } from "./stages.ts";

/** What a run is given. */
export interface RunSettings {
  readonly drills: readonly Drill[];
  /** Least time of the quiet drill, which lasts as long as the others do; `undefined` to leave it out. */
  readonly quietSeconds: number | undefined;
  readonly onResult: (result: DrillResult) => void;
}

/** How a run went. */
export interface RunReport {
  readonly results: readonly DrillResult[];
  readonly quiet: QuietResult | undefined;
  /** Rules that a Prometheus could not evaluate at the end. */
  readonly failingRules: readonly string[];
}

/** Drills that are played at the same time on the clock of minutes: two slow cores carry this many. */
const MOST_AT_ONCE = 6;

async function playAll(
  { drills, onResult }: RunSettings,
  stages: Stages,
  prometheis: Prometheis,
  webhook: Webhook,
): Promise<readonly DrillResult[]> {
  const playOne = async (drill: Drill): Promise<DrillResult> => {
    const name = sceneName(drill.alert);
    const [scene, prometheus] = [stages.scenes.get(name), prometheis.get(drill.clock)];
    if (!scene || !prometheus) throw new Error(`${name} has not been opened`);
    const result = await playDrill(drill, { name, scene, prometheus, webhook });
    onResult(result);
    await closeScene(name, stages);
    return result;
  };
  const on = (clock: ClockName) => drills.filter((drill) => drill.clock === clock);
  const played = await Promise.all([
    inTurns(on("days"), on("days").length, playOne),
    inTurns(on("minutes"), MOST_AT_ONCE, playOne),
  ]);
  return played.flat();
}

/** Plays everything on what has been opened. */
async function play(
  settings: RunSettings,
  stages: Stages,
  prometheis: Prometheis,
  webhook: Webhook,
): Promise<RunReport> {
  const { quietSeconds } = settings;
  const leastTime = quietSeconds === undefined ? undefined : sleep(quietSeconds * 1000);
  const results = await playAll(settings, stages, prometheis, webhook);
  await leastTime;
  const quiet = leastTime && (await judgeQuiet(prometheis, webhook.deliveries));
  const failing = [...prometheis.values()].map((each) => each.failingRules());
  return { results, quiet, failingRules: (await Promise.all(failing)).flat() };
}

/** Opens all that the drills need, plays them and leaves nothing running, however it ends. */
export async function runDrills(settings: RunSettings): Promise<RunReport> {
  const folder = mkdtempSync(join(tmpdir(), "drill-"));
  const undo: Stages["undo"] = [() => rmSync(folder, { recursive: true })];
  const stages: Stages = { scenes: new Map(), quietTarget: undefined, undo };
  try {
    const webhook = await startWebhook();
    undo.push(() => webhook.close());
    const alertmanager = await startDrillAlertmanager(folder, webhook.url);
    undo.push(() => alertmanager.stop());
    const wanted = { drills: settings.drills, withQuiet: settings.quietSeconds !== undefined };
    await openScenes(wanted, stages);
    const prometheis = await openPrometheis(wanted, stages, folder, alertmanager.address);
    const died = [alertmanager, ...prometheis.values()].map((server) => server.died);
    return await Promise.race([play(settings, stages, prometheis, webhook), ...died]);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
