import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type LocalPrometheus, nowEpochSeconds, writeBlocks } from "@intercom-telemetry/local-prometheus";
import type { Drill, Scene } from "../drill.ts";
import { sceneName } from "../drill.ts";
import { startDrillPrometheus } from "../servers/prometheus.ts";
import { CLOCKS, type ClockName } from "../time/clocks.ts";
import { QUIET, startQuietService } from "./quiet.ts";

/** What has to be opened. */
export interface StageSettings {
  readonly drills: readonly Drill[];
  /** Whether the quiet service runs beside them. */
  readonly withQuiet: boolean;
}

/** Each clock that is needed, and the Prometheus that runs on it. */
export type Prometheis = ReadonlyMap<ClockName, LocalPrometheus>;

/** What has been opened, by scene name, and how to undo it. */
export interface Stages {
  readonly scenes: Map<string, Scene>;
  /** Where the quiet service is scraped, when there is one. */
  quietTarget: string | undefined;
  readonly undo: (() => Promise<void> | void)[];
}

/** Ends a scene whose drill is over. */
export async function closeScene(name: string, { scenes }: Stages): Promise<void> {
  const scene = scenes.get(name);
  scenes.delete(name);
  await scene?.close();
}

async function openQuiet(stages: Stages): Promise<void> {
  const service = await startQuietService();
  stages.undo.push(() => service.close());
  stages.quietTarget = service.target;
}

/** Opens a scene for each drill. What was opened is undone even when another fails. */
export async function openScenes(settings: StageSettings, stages: Stages): Promise<void> {
  const open = async (name: string, opening: Promise<Scene>): Promise<void> => {
    stages.scenes.set(name, await opening);
    stages.undo.push(() => closeScene(name, stages));
  };
  const opened = settings.drills.map((drill) => {
    const name = sceneName(drill.alert);
    return open(name, drill.open(name));
  });
  if (settings.withQuiet) opened.push(openQuiet(stages));
  const failed = (await Promise.allSettled(opened)).find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

async function openPrometheus(
  clock: ClockName,
  folder: string,
  { drills }: StageSettings,
  { scenes, quietTarget }: Stages,
  alertmanagerAddress: string,
): Promise<LocalPrometheus> {
  const ownFolder = join(folder, clock);
  mkdirSync(ownFolder);
  const own = drills.filter((drill) => drill.clock === clock);
  const targets = own.flatMap(({ alert }): [string, string][] => {
    const scene = scenes.get(sceneName(alert));
    return scene ? [[sceneName(alert), scene.target]] : [];
  });
  if (quietTarget !== undefined) targets.push([QUIET, quietTarget]);
  const now = nowEpochSeconds();
  const history = own.flatMap((drill) => drill.history?.(sceneName(drill.alert), now) ?? []);
  if (history.length > 0) await writeBlocks(ownFolder, history);
  return startDrillPrometheus({ clock, targets: new Map(targets), alertmanagerAddress, folder: ownFolder });
}

/** Starts a Prometheus for each clock, with the history that its drills need. */
export async function openPrometheis(
  settings: StageSettings,
  stages: Stages,
  folder: string,
  alertmanagerAddress: string,
): Promise<Prometheis> {
  const wanted = (Object.keys(CLOCKS) as ClockName[]).filter(
    (clock) => settings.withQuiet || settings.drills.some((drill) => drill.clock === clock),
  );
  const prometheis = new Map<ClockName, LocalPrometheus>();
  for (const clock of wanted) {
    const prometheus = await openPrometheus(clock, folder, settings, stages, alertmanagerAddress);
    stages.undo.push(() => prometheus.stop());
    prometheis.set(clock, prometheus);
  }
  return prometheis;
}
