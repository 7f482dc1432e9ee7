import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import { durationSeconds, formatDuration } from "@intercom-telemetry/guards/duration";
import { RATE_WINDOW } from "../names/records.ts";

/** Which alert of the error-budget family: how fast the budget goes. */
export type BurnSpeed = "fast" | "moderate" | "slow";

/** One burn-rate alert: fires when the budget burns `factor` times too fast over both windows. */
export interface BurnRate {
  /** Long window, e.g. `1h`: keeps a short blip from firing. */
  readonly long: string;
  /** Short window, e.g. `5m`: lets the alert resolve soon after the end. At least `5m`. */
  readonly short: string;
  /** 1 spends exactly the budget in the period. `factor * (1 - objective)` must stay below 1. */
  readonly factor: number;
}

/** The service level objective, resolved. */
export interface Slo {
  readonly objectiveRatio: number;
  readonly periodDays: number;
  /** Replaces the categories that spend the budget by default. */
  readonly failedErrorCodes?: readonly string[] | undefined;
  readonly burnRates: Readonly<Record<BurnSpeed, BurnRate>>;
}

/** The three speeds in the order of urgency. Windows and factors: the SRE Workbook, chapter 5. */
export const BURN_RATES: Readonly<Record<BurnSpeed, BurnRate>> = {
  fast: { long: "1h", short: "5m", factor: 14.4 },
  moderate: { long: "6h", short: "30m", factor: 6 },
  slow: { long: "1d", short: "2h", factor: 3 },
};

/** What counts as failed by default: Intercom, the network and what lies between, and a rate limit that no retry healed. */
export const FAILED_CATEGORIES: readonly ErrorCategory[] = [
  "server",
  "transport",
  "intermediary",
  "rate_limit",
];

/** Every window that a burn-rate alert or panel reads, shortest first. */
export function sloWindows({ burnRates }: Slo): readonly string[] {
  const named = Object.values(burnRates).flatMap(({ long, short }) => [long, short]);
  const seconds = new Set([RATE_WINDOW, ...named].map(durationSeconds));
  return [...seconds].sort((a, b) => a - b).map(formatDuration);
}

/** Share of calls that may fail. */
export function budgetRatio({ objectiveRatio }: Pick<Slo, "objectiveRatio">): number {
  return Number((1 - objectiveRatio).toPrecision(12));
}
