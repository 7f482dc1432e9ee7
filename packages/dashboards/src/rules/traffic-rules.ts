import { FAILED_CATEGORIES } from "../config/slo.ts";
import { RATE_WINDOW, RATE_WINDOW_SECONDS, RECORDS } from "../names/records.ts";
import { categoryMatcher, FAILED_MATCHER, WORKED_MATCHER } from "../promql/categories.ts";
import { oneOf, plus, rate, select, sumBy, zeroIfAbsent } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { births } from "./births.ts";
import type { RecordingRule } from "./rule.ts";

const ENDING_LABELS = ["status_code", "error_code", "error_category", "retryable"];
const FOLLOWED_LABELS = ["error_code", "error_category"];

/** What every other rule reads: the only rules that read each process. */
export function groundRules(promql: Promql): readonly RecordingRule[] {
  const { labels, raw } = promql;
  const outcome = [...labels("operation"), ...ENDING_LABELS];
  const retried = [...labels("operation"), ...FOLLOWED_LABELS];
  const instance = [...labels("instance"), "error_category"];
  const requests = rate(raw("requests"), RATE_WINDOW);
  const everything = [...new Set([...outcome, ...instance])];
  const info = `${raw("info")} or ${raw("probeSuccess")}`;
  const born = (by: readonly string[]): string =>
    `${sumBy(by, RECORDS.requestsBorn)} / ${RATE_WINDOW_SECONDS}`;
  return [
    { record: RECORDS.processes, expr: `count by (${labels("job").join(", ")}) (${info})` },
    { record: RECORDS.requestsBorn, expr: sumBy(everything, births(promql, "requests")) },
    { record: RECORDS.requestsCounted, expr: sumBy(outcome, requests) },
    { record: RECORDS.outcomeRequests, expr: plus(RECORDS.requestsCounted, born(outcome)) },
    { record: RECORDS.instanceCounted, expr: sumBy(instance, requests) },
    { record: RECORDS.instanceRequests, expr: plus(RECORDS.instanceCounted, born(instance)) },
    {
      record: RECORDS.retriesBorn,
      expr: `${sumBy(retried, births(promql, "retries"))} / ${RATE_WINDOW_SECONDS}`,
    },
    { record: RECORDS.retriesCounted, expr: sumBy(retried, rate(raw("retries"), RATE_WINDOW)) },
    { record: RECORDS.outcomeRetries, expr: plus(RECORDS.retriesCounted, RECORDS.retriesBorn) },
    {
      record: RECORDS.durationBuckets,
      expr: sumBy([...labels("job"), "le"], rate(raw("duration", [], "_bucket"), RATE_WINDOW)),
    },
  ];
}

/** Failures of a kind less the retries that follow that kind: what is left stayed failed. */
function stayedFailed(labels: readonly string[], matcher: string): string {
  const failed = sumBy(labels, select(RECORDS.outcomeRequests, [matcher]));
  const retried = sumBy(labels, select(RECORDS.outcomeRetries, [matcher]));
  return `clamp_min(${failed} - (${zeroIfAbsent(retried, failed)}), 0)`;
}

function failedCalls({ config, labels, sum }: Promql): string {
  const { failedErrorCodes } = config.slo;
  const failed = failedErrorCodes
    ? stayedFailed(labels("job"), oneOf("error_code", failedErrorCodes))
    : sum("job", select(RECORDS.failedCallsByCategory, [categoryMatcher(...FAILED_CATEGORIES)]));
  return zeroIfAbsent(failed, RECORDS.requests);
}

/** Traffic by job: requests, calls, and how they end. */
export function jobRules(promql: Promql): readonly RecordingRule[] {
  const { labels, sum } = promql;
  const limited = sum("job", select(RECORDS.outcomeRequests, [categoryMatcher("rate_limit")]));
  return [
    { record: RECORDS.worked, expr: sum("job", select(RECORDS.outcomeRequests, [WORKED_MATCHER])) },
    { record: RECORDS.requests, expr: sum("job", RECORDS.outcomeRequests) },
    { record: RECORDS.retries, expr: zeroIfAbsent(sum("job", RECORDS.outcomeRetries), RECORDS.requests) },
    { record: RECORDS.rateLimited, expr: zeroIfAbsent(limited, RECORDS.requests) },
    { record: RECORDS.calls, expr: `clamp_min(${RECORDS.requests} - ${RECORDS.retries}, 0)` },
    {
      record: RECORDS.failedCallsByCategory,
      expr: stayedFailed([...labels("job"), "error_category"], FAILED_MATCHER),
    },
    { record: RECORDS.failedCalls, expr: failedCalls(promql) },
  ];
}
