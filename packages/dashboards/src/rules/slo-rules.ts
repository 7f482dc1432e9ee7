import { durationSeconds, formatDuration } from "../config/duration.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { overWindow, ratio } from "../promql/idioms.ts";
import { failureRatioRecord, RATE_WINDOW, RECORDS } from "../promql/records.ts";
import type { RecordingRule } from "./rule.ts";

const FINE_STEP_SECONDS = 60;
const COARSE_STEP_SECONDS = 300;
const HOUR_SECONDS = 3600;

/** Distance of the samples that a window is added up from: a minute up to an hour, the rate's own window above. */
export function stepSeconds(window: string): number {
  return durationSeconds(window) <= HOUR_SECONDS ? FINE_STEP_SECONDS : COARSE_STEP_SECONDS;
}

/** Events in a window, from a recorded per-second rate. */
export function eventsInWindow(recordedRate: string, window: string): string {
  return `${overWindow(recordedRate, window, stepSeconds(window))} * ${stepSeconds(window)}`;
}

/** Every window that a burn-rate alert or panel reads, shortest first. */
export function sloWindows(config: ResolvedConfig): readonly string[] {
  const named = Object.values(config.slo.burnRates).flatMap(({ long, short }) => [long, short]);
  const seconds = new Set([RATE_WINDOW, ...named].map(durationSeconds));
  return [...seconds].sort((a, b) => a - b).map(formatDuration);
}

function failureRatioRule(window: string): RecordingRule {
  const record = failureRatioRecord(window);
  if (window === RATE_WINDOW) return { record, expr: ratio(RECORDS.failedCalls, RECORDS.calls) };
  const sum = (rate: string): string => overWindow(rate, window, stepSeconds(window));
  return { record, expr: ratio(sum(RECORDS.failedCalls), sum(RECORDS.calls)) };
}

/** Share of failed calls over each window. */
export function failureRatioRules(config: ResolvedConfig): readonly RecordingRule[] {
  return sloWindows(config).map(failureRatioRule);
}

/** What is left of the error budget, weighted by calls: hours are added up, never averaged. */
export function budgetRules(config: ResolvedConfig): readonly RecordingRule[] {
  const period = `${config.slo.periodDays}d:1h`;
  const budgetRatio = Number((1 - config.slo.objectiveRatio).toPrecision(12));
  const { callsPerHour, callsPerPeriod, failedCallsPerHour, failedCallsPerPeriod } = RECORDS;
  return [
    { record: callsPerHour, expr: eventsInWindow(RECORDS.calls, "1h") },
    { record: failedCallsPerHour, expr: eventsInWindow(RECORDS.failedCalls, "1h") },
    { record: callsPerPeriod, expr: `sum_over_time(${callsPerHour}[${period}])` },
    { record: failedCallsPerPeriod, expr: `sum_over_time(${failedCallsPerHour}[${period}])` },
    {
      record: RECORDS.budgetRemaining,
      expr: `1 - ${failedCallsPerPeriod} / (${callsPerPeriod} > 0) / ${budgetRatio}`,
    },
    { record: RECORDS.demandPeak, expr: `max_over_time(${RECORDS.demand}[1d])` },
  ];
}
