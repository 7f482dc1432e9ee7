import type { DataFrame, TimeRange } from "@grafana/data";
import type { PanelJson, TargetJson } from "../model/dashboard.ts";
import type { Exemplar } from "./exemplars.ts";
import { findExemplars } from "./exemplars.ts";
import { instantFrames, rangeFrames, tableFrame } from "./frames.ts";
import type { Replacements } from "./interpolate.ts";
import { interpolate } from "./interpolate.ts";
import { queryInstant, queryRange } from "./prometheus.ts";
import type { Steps } from "./steps.ts";
import { chooseSteps } from "./steps.ts";

/** What a panel's queries brought. */
export interface PanelData {
  readonly frames: readonly DataFrame[];
  readonly exemplars: readonly Exemplar[];
}

/** What a panel's queries depend on. */
export interface QueryScope {
  readonly range: TimeRange;
  readonly replacements: Replacements;
}

/** One query, with its variables filled in. */
interface Query {
  readonly expr: string;
  readonly steps: Steps;
  readonly nowSeconds: number;
}

async function runTarget(
  target: TargetJson,
  { expr, steps, nowSeconds }: Query,
  signal: AbortSignal,
): Promise<readonly DataFrame[]> {
  if (!target.instant) return rangeFrames(target, await queryRange(expr, steps, signal), steps.stepSeconds);
  const series = await queryInstant(expr, nowSeconds, signal);
  if (target.format === "table") return series.length === 0 ? [] : [tableFrame(target, series)];
  return instantFrames(target, series);
}

/**
 * Runs the queries of a panel as Grafana does: ranges over the chosen time, instants at its end.
 *
 * @throws Error with Prometheus's own message.
 */
export async function runPanel(
  panel: PanelJson,
  { range, replacements }: QueryScope,
  widthPixels: number,
  signal: AbortSignal,
): Promise<PanelData> {
  const steps = chooseSteps(range, widthPixels, panel.interval);
  const nowSeconds = range.to.valueOf() / 1000;
  const runs = (panel.targets ?? []).map(async (target) => {
    const expr = interpolate(target.expr, { ...replacements, ...steps.builtIn });
    const [frames, exemplars] = await Promise.all([
      runTarget(target, { expr, steps, nowSeconds }, signal),
      target.exemplar ? findExemplars(expr, steps, signal) : [],
    ]);
    return { frames, exemplars };
  });
  const results = await Promise.all(runs);
  return {
    frames: results.flatMap(({ frames }) => frames),
    exemplars: results[0]?.exemplars ?? [],
  };
}
