import type { Labels, TimeRange } from "@grafana/data";
import { rangeUtil } from "@grafana/data";
import type { AnnotationJson } from "../model/dashboard.ts";
import type { Replacements } from "./interpolate.ts";
import { interpolate } from "./interpolate.ts";
import { fillLabels } from "./legend.ts";
import type { RangeSeries } from "./prometheus.ts";
import { queryRange } from "./prometheus.ts";

/** A stretch of time that is marked on every picture. */
export interface Mark {
  readonly fromMilliseconds: number;
  readonly toMilliseconds: number;
  readonly title: string;
  readonly text: string;
  readonly color: string;
  /** Name of the annotation that it comes from. */
  readonly source: string;
}

/** Prometheus refuses to return more points than this. */
const MOST_POINTS = 10_000;

/** Joins neighboring samples to stretches: pairs of first and last second. */
function joinSamples(
  values: RangeSeries["values"],
  stepSeconds: number,
): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  for (const [seconds, text] of values) {
    const last = stretches.at(-1);
    if (!(Number(text) > 0)) continue;
    if (last !== undefined && seconds - last[1] <= stepSeconds) last[1] = seconds;
    else stretches.push([seconds, seconds]);
  }
  return stretches;
}

function markSeries(annotation: AnnotationJson, labels: Labels, stretch: readonly [number, number]): Mark {
  return {
    fromMilliseconds: stretch[0] * 1000,
    toMilliseconds: stretch[1] * 1000,
    title: fillLabels(annotation.titleFormat ?? annotation.name, labels),
    text: fillLabels(annotation.textFormat ?? "", labels),
    color: annotation.iconColor,
    source: annotation.name,
  };
}

/**
 * Finds the stretches that an annotation marks.
 *
 * @throws Error with Prometheus's own message.
 */
export async function findMarks(
  annotation: AnnotationJson,
  range: TimeRange,
  replacements: Replacements,
  signal: AbortSignal,
): Promise<readonly Mark[]> {
  const startSeconds = range.from.valueOf() / 1000;
  const endSeconds = range.to.valueOf() / 1000;
  const wantedSeconds = rangeUtil.intervalToSeconds(annotation.step ?? "60s");
  const stepSeconds = Math.max(wantedSeconds, Math.ceil((endSeconds - startSeconds) / MOST_POINTS));
  const moments = {
    startSeconds: Math.ceil(startSeconds / stepSeconds) * stepSeconds,
    endSeconds: Math.floor(endSeconds / stepSeconds) * stepSeconds,
    stepSeconds,
  };
  const series = await queryRange(interpolate(annotation.expr, replacements), moments, signal);
  return series.flatMap(({ metric, values }) =>
    joinSamples(values, stepSeconds).map((stretch) => markSeries(annotation, metric, stretch)),
  );
}
