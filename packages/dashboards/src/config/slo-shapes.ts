import { durationSeconds, formatDuration } from "@intercom-telemetry/guards/duration";
import {
  convert,
  integer,
  number,
  object,
  optional,
  orEmpty,
  type Path,
  type Report,
  refine,
  refuse,
  type Shape,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import type { BurnRate, BurnSpeed, Slo } from "./slo.ts";
import { BURN_RATES, budgetRatio } from "./slo.ts";
import { strings } from "./strings.ts";

const SHORTEST_WINDOW_SECONDS = 300;

const WINDOW: Shape<string> = convert(
  refine(string("a duration such as 1h", /^[1-9]\d*[smhdw]$/), (window, path, report) => {
    const seconds = durationSeconds(window);
    if (seconds < SHORTEST_WINDOW_SECONDS || seconds % 60 !== 0)
      refuse(report, path, "whole minutes, at least 5m (rates are recorded over 5m)", window);
  }),
  (window) => formatDuration(durationSeconds(window)),
);

const burnRate = ({ long, short, factor }: BurnRate): Shape<BurnRate> =>
  orEmpty(
    refine(
      object<BurnRate>({
        long: withDefault(WINDOW, long),
        short: withDefault(WINDOW, short),
        factor: withDefault(number(0.01, 10_000), factor),
      }),
      (rate, path, report) => {
        if (durationSeconds(rate.short) >= durationSeconds(rate.long))
          refuse(report, [...path, "short"], `a window shorter than ${rate.long}`, rate.short);
      },
    ),
  );

/** A failure ratio cannot pass 1. */
function checkFactor(slo: Slo, path: Path, report: Report): void {
  const budget = budgetRatio(slo);
  for (const [speed, { factor }] of Object.entries(slo.burnRates)) {
    if (factor * budget < 1) continue;
    const highest = Number((1 / budget).toPrecision(4));
    const reason = `because a failure ratio cannot pass 1: this burn factor can never fire with an objective of ${1 - budget}`;
    refuse(report, [...path, "burnRates", speed, "factor"], `a factor below ${highest}, ${reason}`, factor);
  }
}

const FAILED_CODES = refine(
  strings("an error code such as timeout", /^[a-z][a-z0-9_]*$/),
  (codes, path, report) => {
    if (codes.length === 0) refuse(report, path, "at least one error code, or no such key", codes);
  },
);

/** The objective, with its defaults. */
export const SLO: Shape<Slo> = refine(
  object<Slo>({
    objectiveRatio: withDefault(number(0.5, 0.99999), 0.999),
    periodDays: withDefault(integer(1, 365), 30),
    failedErrorCodes: optional(FAILED_CODES),
    burnRates: orEmpty(
      object<Record<BurnSpeed, BurnRate>>({
        fast: burnRate(BURN_RATES.fast),
        moderate: burnRate(BURN_RATES.moderate),
        slow: burnRate(BURN_RATES.slow),
      }),
    ),
  }),
  checkFactor,
);
