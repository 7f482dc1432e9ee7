import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Drill, Scene } from "../drill.ts";
import { sceneName } from "../drill.ts";
import { type DrillAlertmanager, startAlertmanager } from "../servers/alertmanager.ts";
import { backfill } from "../servers/backfill.ts";
import { type DrillPrometheus, startPrometheus } from "../servers/prometheus.ts";
import { startWebhook, type Webhook } from "../servers/webhook.ts";
import { CLOCKS, type ClockName } from "../time/clocks.ts";
import { nowEpochSeconds } from "../time/wait-until.ts";
import { inTurns } from "./in-turns.ts";
import { type DrillResult, playDrill } from "./play-drill.ts";
import { judgeQuiet, openQuietScene, QUIET, type QuietResult } from "./quiet.ts";

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

/** Drills that are played at the same time on the clock of minutes: two slow cores carry so many. */
const MOST_AT_ONCE = 8;

type Prometheis = ReadonlyMap<ClockName, DrillPrometheus>;

/** What has been opened, by scene name, and how to undo it. */
interface Stages {
  readonly scenes: Map<string, Scene>;
  readonly undo: (() => Promise<void> | void)[];
}

async function closeScene(name: string, { scenes }: Stages): Promise<void> {
  const scene = scenes.get(name);
  scenes.delete(name);
  await scene?.close();
}

async function openScenes(settings: RunSettings, stages: Stages): Promise<void> {
  const open = async (name: string, opening: Promise<Scene>): Promise<void> => {
    stages.scenes.set(name, await opening);
    stages.undo.push(() => closeScene(name, stages));
  };
  const opened = settings.drills.map((drill) => {
    const name = sceneName(drill.alert);
    return open(name, drill.open(name));
  });
  if (settings.quietSeconds !== undefined) opened.push(open(QUIET, openQuietScene()));
  const failed = (await Promise.allSettled(opened)).find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

async function openPrometheus(
  clock: ClockName,
  folder: string,
  { drills }: RunSettings,
  { scenes }: Stages,
  alertmanagerPort: number,
): Promise<DrillPrometheus> {
  const ownFolder = join(folder, clock);
  mkdirSync(ownFolder);
  const own = drills.filter((drill) => drill.clock === clock);
  const targets = [...own.map(({ alert }) => sceneName(alert)), QUIET].flatMap((name) => {
    const scene = scenes.get(name);
    return scene ? [[name, scene.target] as const] : [];
  });
  const now = nowEpochSeconds();
  const history = own.flatMap((drill) => drill.history?.(sceneName(drill.alert), now) ?? []);
  await backfill(ownFolder, history);
  return startPrometheus({ clock, targets: new Map(targets), alertmanagerPort, folder: ownFolder });
}

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
    const result = await playDrill(drill, name, scene, prometheus, webhook);
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
  const quietScene = stages.scenes.get(QUIET);
  const ending = new AbortController();
  quietScene?.begin();
  const quietPlaying = quietScene?.play(once(ending.signal, "abort"));
  const leastTime = quietSeconds === undefined ? undefined : sleep(quietSeconds * 1000);
  const results = await playAll(settings, stages, prometheis, webhook);
  await leastTime;
  const all = [...prometheis.values()];
  const quiet = quietScene && (await judgeQuiet(prometheis, webhook.deliveries));
  const failingRules = (await Promise.all(all.map((each) => each.failingRules()))).flat();
  ending.abort();
  await quietPlaying;
  return { results, quiet, failingRules };
}

async function openPrometheis(
  settings: RunSettings,
  stages: Stages,
  folder: string,
  alertmanager: DrillAlertmanager,
): Promise<Prometheis> {
  const wanted = (Object.keys(CLOCKS) as ClockName[]).filter(
    (clock) => settings.quietSeconds !== undefined || settings.drills.some((drill) => drill.clock === clock),
  );
  const prometheis = new Map<ClockName, DrillPrometheus>();
  for (const clock of wanted) {
    const prometheus = await openPrometheus(clock, folder, settings, stages, alertmanager.port);
    stages.undo.push(() => prometheus.stop());
    prometheis.set(clock, prometheus);
  }
  return prometheis;
}

/** Opens all that the drills need, plays them and leaves nothing running, however it ends. */
export async function runDrills(settings: RunSettings): Promise<RunReport> {
  const folder = mkdtempSync(join(tmpdir(), "drill-"));
  const undo: Stages["undo"] = [() => rmSync(folder, { recursive: true })];
  const stages: Stages = { scenes: new Map(), undo };
  try {
    const webhook = await startWebhook();
    undo.push(() => webhook.close());
    const alertmanager = await startAlertmanager(folder, webhook.url);
    undo.push(() => alertmanager.stop());
    await openScenes(settings, stages);
    const prometheis = await openPrometheis(settings, stages, folder, alertmanager);
    const died = [alertmanager, ...prometheis.values()].map((server) => server.died);
    return await Promise.race([play(settings, stages, prometheis, webhook), ...died]);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
