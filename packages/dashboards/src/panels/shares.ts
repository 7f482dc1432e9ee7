import { RATE_WINDOW_SECONDS, RECORDS } from "../names/records.ts";
import { categoryMatcher, RESPONSIBILITIES } from "../promql/categories.ts";
import { quantile, ratio, select, sumBy, withLabel } from "../promql/idioms.ts";
import type { PanelKit } from "./kit.ts";
import { RATE_INTERVAL } from "./kit.ts";

/** A recorded rate of the chosen jobs, by client. */
export function jobsByClient({ promql, jobScope }: PanelKit, record: string): string {
  return promql.sum("client", select(record, jobScope));
}

/** A recorded rate as a share of another, for the chosen jobs, by client. */
export function jobShare(kit: PanelKit, part: string, whole: string): string {
  return ratio(jobsByClient(kit, part), jobsByClient(kit, whole));
}

/** Requests a minute by how they ended, as one query: those that succeeded, and failures by who has to act. */
export function requestsByResponsibility({ jobScope }: PanelKit): string {
  const perMinute = (matcher: string): string =>
    `sum(${select(RECORDS.outcomeRequests, [...jobScope, matcher])}) * 60`;
  const succeeded = withLabel(perMinute('error_category=~"|canceled"'), "whose", "Succeeded");
  const failed = RESPONSIBILITIES.map(({ who, categories }) =>
    withLabel(perMinute(categoryMatcher(...categories)), "whose", who),
  );
  return [succeeded, ...failed].join("\nor\n");
}

/** Rate of the chosen processes' requests, summed by labels. */
export function requestRate(
  { promql, operationScope }: PanelKit,
  labels: readonly string[],
  matchers: readonly string[] = [],
): string {
  return sumBy(labels, `rate(${promql.raw("requests", [...operationScope, ...matchers])}[${RATE_INTERVAL}])`);
}

/** A quantile from recorded buckets by client; absent with too few requests to speak of one. */
export function recordedQuantile({ promql, jobScope }: PanelKit, level: number): string {
  const buckets = select(RECORDS.durationBuckets, jobScope);
  const count = promql.sum("client", select(RECORDS.durationBuckets, [...jobScope, 'le="+Inf"']));
  const { minimumRequests } = promql.config.thresholds;
  return `${quantile(level, promql.labels("client"), buckets)}\nand\n${count} * ${RATE_WINDOW_SECONDS} >= ${minimumRequests}`;
}

/** A quantile of the chosen processes and, where durations know them, operations; absent without traffic. */
export function liveQuantile({ promql, durationScope }: PanelKit, level: number): string {
  const rateOf = (suffix: "_bucket" | "_count"): string =>
    `rate(${promql.raw("duration", durationScope, suffix)}[${RATE_INTERVAL}])`;
  const buckets = quantile(level, promql.labels("client"), rateOf("_bucket"));
  return `${buckets}\nand\n${promql.sum("client", rateOf("_count"))} > 0`;
}
