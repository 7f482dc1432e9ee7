import { budgetRatio, sloWindows } from "../config/slo.ts";
import { failureRatioRecord, RATE_WINDOW, RECORDS } from "../names/records.ts";
import { ratio } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { eventsInWindow, overWindow } from "../promql/windows.ts";
import type { RecordingRule } from "./rule.ts";

function failureRatioRule(window: string): RecordingRule {
  const record = failureRatioRecord(window);
  if (window === RATE_WINDOW) return { record, expr: ratio(RECORDS.failedCalls, RECORDS.calls) };
  return {
    record,
    expr: ratio(overWindow(RECORDS.failedCalls, window), overWindow(RECORDS.calls, window)),
  };
}

/** Share of failed calls over each window. */
export function failureRatioRules({ config }: Promql): readonly RecordingRule[] {
  return sloWindows(config.slo).map(failureRatioRule);
}

/** What is left of the error budget, weighted by calls: hours are added up, never averaged. */
export function budgetRules({ config }: Promql): readonly RecordingRule[] {
  const period = `${config.slo.periodDays}d:1h`;
  const { callsPerHour, callsPerPeriod, failedCallsPerHour, failedCallsPerPeriod } = RECORDS;
  return [
    { record: callsPerHour, expr: eventsInWindow(RECORDS.calls, "1h") },
    { record: failedCallsPerHour, expr: eventsInWindow(RECORDS.failedCalls, "1h") },
    { record: callsPerPeriod, expr: `sum_over_time(${callsPerHour}[${period}])` },
    { record: failedCallsPerPeriod, expr: `sum_over_time(${failedCallsPerHour}[${period}])` },
    {
      record: RECORDS.budgetRemaining,
      expr: `1 - ${failedCallsPerPeriod} / (${callsPerPeriod} > 0) / ${budgetRatio(config.slo)}`,
    },
    { record: RECORDS.demandPeak, expr: `max_over_time(${RECORDS.demand}[1d])` },
  ];
}
