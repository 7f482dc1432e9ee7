import { durationSeconds, formatDuration, parseDurationSeconds } from "@intercom-telemetry/guards/duration";
import { checkInteger, checkNumber, checkObject, checkText, checkTexts, refuse } from "./checks.ts";
import type { BurnRate, BurnSpeed, Slo } from "./slo.ts";
import { BURN_RATES, budgetRatio } from "./slo.ts";

const DURATION = /^[1-9]\d*[smhdw]$/;
const SPEEDS = Object.keys(BURN_RATES) as readonly BurnSpeed[];
const SHORTEST_WINDOW_SECONDS = 300;

function resolveWindow(key: string, value: unknown, fallback: string): string {
  const window = checkText(key, value, fallback, DURATION, "a duration such as 1h");
  const seconds = parseDurationSeconds(window) ?? 0;
  if (seconds < SHORTEST_WINDOW_SECONDS || seconds % 60 !== 0) {
    refuse(key, "whole minutes, at least 5m (rates are recorded over 5m)", value);
  }
  return formatDuration(seconds);
}

function resolveBurnRate(key: string, value: unknown, speed: BurnSpeed, budget: number): BurnRate {
  const given = checkObject(key, value, ["long", "short", "factor"]);
  const defaults = BURN_RATES[speed];
  const long = resolveWindow(`${key}.long`, given.long, defaults.long);
  const short = resolveWindow(`${key}.short`, given.short, defaults.short);
  if (durationSeconds(short) >= durationSeconds(long)) {
    refuse(`${key}.short`, `a window shorter than ${long}`, short);
  }
  const factor = checkNumber(`${key}.factor`, given.factor, defaults.factor, [0.01, 10_000]);
  if (factor * budget >= 1) {
    const highest = Number((1 / budget).toPrecision(4));
    refuse(
      `${key}.factor`,
      `a factor below ${highest}, because a failure ratio cannot pass 1: this burn factor can never fire with an objective of ${1 - budget}`,
      factor,
    );
  }
  return { long, short, factor };
}

function resolveFailedCodes(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const key = "slo.failedErrorCodes";
  const codes = checkTexts(key, value, [], /^[a-z][a-z0-9_]*$/, "an error code such as timeout");
  if (codes.length === 0) refuse(key, "at least one error code, or no such key", value);
  return codes;
}

/** Fills in and checks the objective. */
export function resolveSlo(value: unknown): Slo {
  const given = checkObject("slo", value, ["objectiveRatio", "periodDays", "failedErrorCodes", "burnRates"]);
  const objectiveRatio = checkNumber("slo.objectiveRatio", given.objectiveRatio, 0.999, [0.5, 0.99999]);
  const rates = checkObject("slo.burnRates", given.burnRates, SPEEDS);
  const budget = budgetRatio({ objectiveRatio });
  const resolve = (speed: BurnSpeed): BurnRate =>
    resolveBurnRate(`slo.burnRates.${speed}`, rates[speed], speed, budget);
  return {
    objectiveRatio,
    periodDays: checkInteger("slo.periodDays", given.periodDays, 30, [1, 365]),
    failedErrorCodes: resolveFailedCodes(given.failedErrorCodes),
    burnRates: {
      fast: resolve("fast"),
      moderate: resolve("moderate"),
      slow: resolve("slow"),
    },
  };
}
