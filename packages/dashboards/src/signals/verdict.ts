import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import { budgetRatio } from "../config/slo.ts";
import { RATE_WINDOW_SECONDS, RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { allOf, compare, ratio, select, withLabel } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { Conditions } from "./conditions.ts";
import { onLabels } from "./conditions.ts";
import type { QuotaSignals } from "./quota.ts";
import type { RefusalSignals } from "./refusals.ts";

/** Who has to act now, in words: a series with the label `verdict`. */
export type Verdict = (matchers: readonly string[]) => string;

/** The words of the verdict and their colors, as regular expressions over the words. */
export const VERDICT_COLORS: Readonly<Record<string, string>> = {
  "/^Nobody/": "green",
  "/^Intercom/": "purple",
  "/^Our quota/": "blue",
  "/^Our token/": "red",
  "/^Our code/": "orange",
  "/^Everything fails/": "red",
};

const ELSEWHERE: readonly ErrorCategory[] = ["server", "transport", "intermediary"];

/** Below every share that alerts: it speaks where no single cause does. */
const LAST_WORD = 0.001;

/** The largest share of calls or requests in trouble decides; each share counts from where its alert does. */
export function createVerdict(
  promql: Promql,
  { allFailed, mixedFailed }: Conditions,
  signals: RefusalSignals & Pick<QuotaSignals, "rateLimited">,
): Verdict {
  const { config, labels, sum } = promql;
  const { slo, thresholds } = config;

  const elsewhere = (matchers: readonly string[]): string => {
    const failed = sum(
      "job",
      select(RECORDS.failedCallsByCategory, [...matchers, categoryMatcher(...ELSEWHERE)]),
    );
    const calls = sum("job", select(RECORDS.calls, matchers));
    const limit = Number((slo.burnRates.fast.factor * budgetRatio(slo)).toPrecision(12));
    const many = allOf(
      compare(ratio(failed, calls), ">", limit),
      `${failed} * ${RATE_WINDOW_SECONDS} >= ${thresholds.minimumFailedCalls}`,
    );
    return `${many}\nor\n((${allFailed("job", ELSEWHERE, matchers)}) * 0 + 1)`;
  };

  const named = (words: string, expr: string): string =>
    `label_replace(max by (${labels("client").join(", ")}) (${expr}), "verdict", "${words}", "client", "(.*)")`;

  /** The operation that has most of a kind of failure, in a job where the kind is an alert. */
  const culprit = (
    categories: readonly ErrorCategory[],
    condition: string,
    matchers: readonly string[],
  ): string => {
    const failed = sum(
      "operation",
      select(RECORDS.outcomeRequests, [...matchers, categoryMatcher(...categories)]),
    );
    const all = `${sum("job", select(RECORDS.requests, matchers))} > 0`;
    const share = `${failed} / ${onLabels(promql, "job")} group_left () (${all})`;
    const worst = `topk(1, ${share} and ${onLabels(promql, "job")} (${condition}))`;
    const joined = `label_join(${worst}, "operation", " ", "method", "url_template")`;
    return `label_replace(${joined}, "verdict", "Our code: $1", "operation", "(.*)")`;
  };

  return (matchers) => {
    const token = [signals.unauthorized, signals.forbidden, signals.planRestricted]
      .map(({ condition }) => condition(matchers))
      .join("\nor\n");
    const legs = [
      named("Our token: $1", token),
      named("Our quota", signals.rateLimited.condition(matchers)),
      named("Intercom: wait", elsewhere(matchers)),
      culprit(["validation", "client"], signals.invalidRequests.condition(matchers), matchers),
      culprit(["not_found"], signals.notFound.condition(matchers), matchers),
      named("Everything fails: $1", `(${mixedFailed(matchers)}) * 0 + ${LAST_WORD}`),
      withLabel(`sum(${select(RECORDS.requests, matchers)}) * 0`, "verdict", "Nobody"),
    ];
    return `topk(1, max by (verdict) (\n${legs.join("\nor\n")}\n))`;
  };
}
