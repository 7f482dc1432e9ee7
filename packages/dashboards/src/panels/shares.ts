import type { ResolvedConfig } from "../config/options.ts";
import { categoryMatcher, RESPONSIBILITIES } from "../promql/error-codes.ts";
import { quantile, ratio, sumBy } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import { JOB_SCOPE, OPERATION_SCOPE, RATE_INTERVAL } from "./scope.ts";

/** A recorded rate of the chosen jobs, by client. */
export function jobsByClient(config: ResolvedConfig, record: string): string {
  return sumBy(clientLabels(config), select(record, JOB_SCOPE));
}

/** A recorded rate as a share of another, for the chosen jobs, by client. */
export function jobShare(config: ResolvedConfig, part: string, whole: string): string {
  return ratio(jobsByClient(config, part), jobsByClient(config, whole));
}

/** Share of the chosen jobs' requests with certain outcomes, by client; 0 where there are none. */
export function outcomeShareOfJobs(config: ResolvedConfig, matchers: readonly string[]): string {
  const chosen = sumBy(clientLabels(config), select(RECORDS.outcomeRequests, [...JOB_SCOPE, ...matchers]));
  return ratio(chosen, jobsByClient(config, RECORDS.jobRequests));
}

/** Failed requests a minute by whose move it is, as one query. */
export function requestsByResponsibility(): string {
  const legs = RESPONSIBILITIES.map(({ who, categories }) => {
    const matchers = [...JOB_SCOPE, categoryMatcher(...categories)];
    const failed = `sum(${select(RECORDS.outcomeRequests, matchers)}) * 60`;
    return `label_replace(${failed}, "whose", "${who}", "", "")`;
  });
  return legs.join("\nor\n");
}

/** Matcher for failed requests; a request that the caller ended is none. */
export const FAILED_MATCHER = 'error_category!~"|canceled"';

/** Rate of the chosen processes' requests, summed by labels. */
export function requestRate(
  config: ResolvedConfig,
  labels: readonly string[],
  matchers: readonly string[] = [],
): string {
  const requests = rawMetric(config, "requests", [...OPERATION_SCOPE, ...matchers]);
  const rate = `rate(${requests}[${RATE_INTERVAL}])`;
  return labels.length === 0 ? `sum(${rate})` : sumBy(labels, rate);
}

/** A quantile from recorded buckets by client; absent without traffic, where it would be NaN. */
export function recordedQuantile(config: ResolvedConfig, level: number): string {
  const labels = clientLabels(config);
  const buckets = select(RECORDS.jobDurationBuckets, JOB_SCOPE);
  return `${quantile(level, labels, buckets)}\nand\n${recordedRequestCount(config)} > 0`;
}

/** Requests in the last 5 minutes by client, from the recorded histogram. */
export function recordedRequestCount(config: ResolvedConfig): string {
  return `${sumBy(clientLabels(config), select(RECORDS.jobDurationBuckets, [...JOB_SCOPE, 'le="+Inf"']))} * 300`;
}

/** A quantile of the chosen processes and operations; absent without traffic. */
export function liveQuantile(config: ResolvedConfig, level: number): string {
  const labels = clientLabels(config);
  const rateOf = (suffix: "_bucket" | "_count"): string =>
    `rate(${rawMetric(config, "duration", OPERATION_SCOPE, suffix)}[${RATE_INTERVAL}])`;
  return `${quantile(level, labels, rateOf("_bucket"))}\nand\n${sumBy(labels, rateOf("_count"))} > 0`;
}
