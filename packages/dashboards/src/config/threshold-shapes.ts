import { METRICS } from "@intercom-telemetry/core/contract";
import {
  type Fields,
  number,
  object,
  type Path,
  type Report,
  refine,
  refuse,
  type Shape,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import type { ThresholdDefinition, ThresholdKey, Thresholds } from "./thresholds.ts";
import { THRESHOLDS } from "./thresholds.ts";

/** A share of 1 is refused: nothing is ever above it. */
const SHARE: Shape<number> = refine(number(0, 1), (share, path, report) => {
  if (share === 1) refuse(report, path, "a share below 1, because none is above it", share);
});

const shapeOf = ({ unit, default: value }: ThresholdDefinition): Shape<number> =>
  withDefault(unit === "ratio" ? SHARE : number(0, 1_000_000), value);

const FIELDS = Object.fromEntries(
  Object.entries(THRESHOLDS).map(([key, definition]) => [key, shapeOf(definition)]),
) as Fields<Record<ThresholdKey, number>>;

function checkTogether(thresholds: Thresholds, path: Path, report: Report): void {
  const { windowEdgeRatio, rateLimitedRatio, rateLimitedSevereRatio } = thresholds;
  const edges = METRICS.windowUsage.buckets ?? [];
  if (!edges.includes(windowEdgeRatio)) {
    const expected = `a bucket of the histogram (${edges.join(", ")})`;
    refuse(report, [...path, "windowEdgeRatio"], expected, windowEdgeRatio);
  }
  if (rateLimitedSevereRatio <= rateLimitedRatio) {
    const expected = `more than rateLimitedRatio (${rateLimitedRatio})`;
    refuse(report, [...path, "rateLimitedSevereRatio"], expected, rateLimitedSevereRatio);
  }
}

/** The thresholds, with their defaults. */
export const THRESHOLD_VALUES: Shape<Thresholds> = refine(
  object<Record<ThresholdKey, number>>(FIELDS),
  checkTogether,
);
