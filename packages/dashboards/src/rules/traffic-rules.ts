import type { ResolvedConfig } from "../config/options.ts";
import { failedMatcher, RATE_LIMITED_MATCHER } from "../promql/error-codes.ts";
import { rate, sumBy, zeroIfAbsent } from "../promql/idioms.ts";
import { RATE_WINDOW, RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { RecordingRule } from "./rule.ts";

const OUTCOME_LABELS = ["url_template", "status_code", "error_code", "error_category", "retryable"];

/** Requests that spend the budget. */
export function failedRequests(config: ResolvedConfig, matchers: readonly string[] = []): string {
  return select(RECORDS.outcomeRequests, [...matchers, failedMatcher(config.slo)]);
}

function jobRules(config: ResolvedConfig): readonly RecordingRule[] {
  const labels = ["job", ...clientLabels(config)];
  const { jobRequests, jobRetries, outcomeRequests } = RECORDS;
  const limited = sumBy(labels, select(outcomeRequests, [RATE_LIMITED_MATCHER]));
  const retriesOrZero = `(${zeroIfAbsent(jobRetries, jobRequests)})`;
  const failed = `(${zeroIfAbsent(sumBy(labels, failedRequests(config)), jobRequests)})`;
  const buckets = rawMetric(config, "duration", [], "_bucket");
  return [
    // The one rule that reads every process; all that follow read what it leaves.
    {
      record: outcomeRequests,
      expr: sumBy([...labels, ...OUTCOME_LABELS], rate(rawMetric(config, "requests"), RATE_WINDOW)),
    },
    { record: jobRequests, expr: sumBy(labels, outcomeRequests) },
    { record: jobRetries, expr: sumBy(labels, rate(rawMetric(config, "retries"), RATE_WINDOW)) },
    { record: RECORDS.jobRateLimited, expr: zeroIfAbsent(limited, jobRequests) },
    { record: RECORDS.jobCalls, expr: `clamp_min(${jobRequests} - ${retriesOrZero}, 0)` },
    // Each resend follows one failed request, so what is left after the resends are calls that stayed failed.
    { record: RECORDS.jobFailedCalls, expr: `clamp_min(${failed} - ${retriesOrZero}, 0)` },
    { record: RECORDS.jobDurationBuckets, expr: sumBy([...labels, "le"], rate(buckets, RATE_WINDOW)) },
  ];
}

/** Traffic by outcome, by job and by client. */
export function trafficRules(config: ResolvedConfig): readonly RecordingRule[] {
  const perClient = (record: string, source: string): RecordingRule => ({
    record,
    expr: sumBy(clientLabels(config), source),
  });
  return [
    ...jobRules(config),
    perClient(RECORDS.requests, RECORDS.jobRequests),
    perClient(RECORDS.retries, RECORDS.jobRetries),
    perClient(RECORDS.rateLimited, RECORDS.jobRateLimited),
    perClient(RECORDS.calls, RECORDS.jobCalls),
    perClient(RECORDS.failedCalls, RECORDS.jobFailedCalls),
  ];
}
