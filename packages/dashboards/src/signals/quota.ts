import type { ThresholdKey } from "../config/thresholds.ts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { RATE_WINDOW, RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { allOf, compare, ratio, select } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { Conditions } from "./conditions.ts";
import type { Guidance, Signal } from "./signal.ts";

const ids = PANEL_IDS.rateLimit;

function guidance({ raw }: Promql): Guidance {
  const limited = select(RECORDS.outcomeRequests, [categoryMatcher("rate_limit")]);
  return {
    errorCodes: ["rate_limit_exceeded", "too_many_requests", "retry_after"],
    queries: [
      { question: "Own demand as a share of the quota?", expr: RECORDS.demand },
      { question: "How much do others use, at least?", expr: RECORDS.others },
      {
        question: "Which operations are refused?",
        expr: `topk(10, sum by (job, client, method, url_template) (${limited}))`,
      },
      {
        question: "Who uses the quota?",
        expr: `topk(10, sum by (client, job, instance) (rate(${raw("requests")}[${RATE_WINDOW}])))`,
      },
    ],
    spanFilters: ["http.response.status_code = 429", "intercom.rate_limit.remaining = 0"],
  };
}

/** Questions about the quota. */
export type QuotaSignals = Readonly<Record<"rateLimited" | "rateLimitedSeverely" | "windowsTight", Signal>>;

/** Requests that met the limit, and windows that are close to it. */
export function quotaSignals(promql: Promql, { above, enough }: Conditions): QuotaSignals {
  const { labels, raw, sum } = promql;
  const share: Signal["value"] = (scope, matchers) =>
    ratio(sum(scope, select(RECORDS.rateLimited, matchers)), sum(scope, select(RECORDS.requests, matchers)));
  const limited = (key: ThresholdKey): Signal => {
    const threshold = above(key);
    return {
      unit: "percentunit",
      panel: { dashboard: "rateLimit", id: ids.rateLimitedShare },
      value: share,
      condition: (matchers) => allOf(compare(share("job", matchers), ">", threshold.value), enough(matchers)),
      threshold,
      alsoUses: ["minimumRequests"],
      identity: labels("job"),
      guidance: guidance(promql),
    };
  };
  const tight = above("tightWindowsRatio");
  const usage = raw("windowUsage", [], "_bucket");
  return {
    rateLimited: limited("rateLimitedRatio"),
    rateLimitedSeverely: limited("rateLimitedSevereRatio"),
    windowsTight: {
      unit: "percentunit",
      panel: { dashboard: "rateLimit", id: ids.tightWindows },
      value: (scope, matchers) =>
        `max by (${labels(scope).join(", ")}) (${select(RECORDS.tightWindows, matchers)})`,
      condition: (matchers) => compare(select(RECORDS.tightWindows, matchers), ">", tight.value),
      threshold: tight,
      alsoUses: ["windowEdgeRatio", "minimumWindows"],
      identity: labels("job"),
      guidance: {
        errorCodes: ["rate_limit_exceeded"],
        queries: [
          { question: "Own demand as a share of the quota?", expr: RECORDS.demand },
          {
            question: "How full were the windows?",
            expr: `sum by (client, job, le) (increase(${usage}[15m]))`,
          },
          { question: "How much do others use, at least?", expr: RECORDS.others },
        ],
        spanFilters: ["intercom.rate_limit.remaining < 100"],
      },
    },
  };
}
