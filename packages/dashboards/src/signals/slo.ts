import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import type { BurnSpeed } from "../config/slo.ts";
import { budgetRatio, FAILED_CATEGORIES } from "../config/slo.ts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { failureRatioRecord, RATE_WINDOW, RATE_WINDOW_SECONDS, RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { allOf, compare, oneOf, ratio, select } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { eventsInWindow } from "../promql/windows.ts";
import type { Conditions } from "./conditions.ts";
import { onLabels } from "./conditions.ts";
import type { Guidance, Signal } from "./signal.ts";

/** An outage is its own alert: while it lasts, and for this long after, the fast burn says nothing that it does not. */
const OUTAGE_MEMORY = "10m:1m";

function guidance({ config }: Promql): Guidance {
  const { failedErrorCodes } = config.slo;
  const matcher = failedErrorCodes
    ? oneOf("error_code", failedErrorCodes)
    : categoryMatcher(...FAILED_CATEGORIES);
  const failed = select(RECORDS.outcomeRequests, [matcher]);
  return {
    errorCodes: [
      "server_error",
      "service_unavailable",
      "bad_gateway",
      "gateway_timeout",
      "timeout",
      "rate_limit_exceeded",
    ],
    queries: [
      {
        question: "Which kinds of failure?",
        expr: `sum by (job, client, error_category) (${RECORDS.failedCallsByCategory})`,
      },
      { question: "Which codes?", expr: `sum by (job, client, error_code) (${failed})` },
      {
        question: "Which operations?",
        expr: `topk(10, sum by (job, client, method, url_template) (${failed}))`,
      },
    ],
    spanFilters: ['intercom.error.category = "server"', 'intercom.error.category = "transport"'],
  };
}

/** Failures for which nobody in the team is to blame, or whose cause nobody knows. */
const NOT_OURS: readonly ErrorCategory[] = [...FAILED_CATEGORIES, "unknown"];

/** Questions about the objective. */
export type SloSignals = Readonly<Record<"unavailable" | "burnFast" | "burnModerate" | "burnSlow", Signal>>;

/** The objective: outage, and how fast the error budget burns. */
export function sloSignals(promql: Promql, { above, allFailed, mixedFailed }: Conditions): SloSignals {
  const { config, sum } = promql;
  const { thresholds, slo } = config;
  const common = { unit: "percentunit", identity: promql.labels("job"), guidance: guidance(promql) } as const;
  const failedShare: Signal["value"] = (scope, matchers) =>
    ratio(sum(scope, select(RECORDS.failedCalls, matchers)), sum(scope, select(RECORDS.calls, matchers)));

  const unavailable: Signal = {
    ...common,
    panel: { dashboard: "overview", id: PANEL_IDS.overview.failedElsewhere },
    value: failedShare,
    condition: (matchers) =>
      [
        allOf(
          compare(select(failureRatioRecord(RATE_WINDOW), matchers), ">", thresholds.unavailableRatio),
          `${select(RECORDS.calls, matchers)} * ${RATE_WINDOW_SECONDS} >= ${thresholds.minimumFailedCalls}`,
        ),
        `((${allFailed("job", NOT_OURS, matchers)}\nor\n${mixedFailed(matchers)}) * 0 + 1)`,
      ].join("\nor\n"),
    threshold: above("unavailableRatio"),
    alsoUses: ["minimumFailedCalls", "minimumFailures", "minimumRefusals"],
  };

  const burn = (speed: BurnSpeed): Signal => {
    const { long, short, factor } = slo.burnRates[speed];
    const limit = Number((factor * budgetRatio(slo)).toPrecision(12));
    const isPagedByOutage = speed === "fast" && config.alerts.IntercomClientUnavailable?.enabled !== false;
    return {
      ...common,
      panel: { dashboard: "slo", id: PANEL_IDS.slo.burnRate },
      value: failedShare,
      condition(matchers) {
        const burning = allOf(
          compare(select(failureRatioRecord(long), matchers), ">", limit),
          compare(select(failureRatioRecord(short), matchers), ">", limit),
          `${eventsInWindow(select(RECORDS.failedCalls, matchers), long)} >= ${thresholds.minimumFailedCalls}`,
        );
        if (!isPagedByOutage) return burning;
        const outage = `present_over_time((${unavailable.condition(matchers)})[${OUTAGE_MEMORY}])`;
        return `${burning}\nunless ${onLabels(promql, "job")}\n${outage}`;
      },
      threshold: {
        value: limit,
        comparison: ">",
        drawnAs: factor,
        setting: `slo.burnRates.${speed}.factor`,
      },
      alsoUses: ["minimumFailedCalls"],
    };
  };

  return { unavailable, burnFast: burn("fast"), burnModerate: burn("moderate"), burnSlow: burn("slow") };
}
