import { METRICS } from "@intercom-telemetry/core/contract";
import { checkNumber, checkObject, refuse } from "./checks.ts";
import type { ThresholdKey, Thresholds } from "./thresholds.ts";
import { THRESHOLDS } from "./thresholds.ts";

const KEYS = Object.keys(THRESHOLDS) as readonly ThresholdKey[];

const highest = (key: ThresholdKey): number => (THRESHOLDS[key].unit === "ratio" ? 1 : 1_000_000);

/** Fills in and checks the thresholds. A share of 1 is refused: nothing is ever above it. */
export function resolveThresholds(value: unknown): Thresholds {
  const given = checkObject("thresholds", value, KEYS);
  const entries = KEYS.map((key): [ThresholdKey, number] => {
    const name = `thresholds.${key}`;
    const number = checkNumber(name, given[key], THRESHOLDS[key].default, [0, highest(key)]);
    if (number === 1 && highest(key) === 1) refuse(name, "a share below 1, because none is above it", number);
    return [key, number];
  });
  const thresholds = Object.fromEntries(entries) as Record<ThresholdKey, number>;
  const edges = METRICS.windowUsage.buckets ?? [];
  if (!edges.includes(thresholds.windowEdgeRatio)) {
    refuse(
      "thresholds.windowEdgeRatio",
      `a bucket of the histogram (${edges.join(", ")})`,
      thresholds.windowEdgeRatio,
    );
  }
  if (thresholds.rateLimitedSevereRatio <= thresholds.rateLimitedRatio) {
    refuse(
      "thresholds.rateLimitedSevereRatio",
      `more than rateLimitedRatio (${thresholds.rateLimitedRatio})`,
      thresholds.rateLimitedSevereRatio,
    );
  }
  return thresholds;
}
