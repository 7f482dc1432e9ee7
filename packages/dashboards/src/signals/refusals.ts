import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import type { ThresholdKey } from "../config/thresholds.ts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { categoryMatcher, codesOf } from "../promql/categories.ts";
import { allOf, compare, select } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { Conditions } from "./conditions.ts";
import type { Signal } from "./signal.ts";

const ids = PANEL_IDS.overview;

interface Refusal {
  readonly categories: readonly ErrorCategory[];
  readonly threshold: ThresholdKey;
  readonly panelId: number;
  /** Lookups miss all the time where they are the way to ask whether something exists. */
  readonly onlyInVolume?: true;
}

/** Questions about refusals. */
export type RefusalSignals = Readonly<
  Record<"unauthorized" | "forbidden" | "planRestricted" | "invalidRequests" | "notFound", Signal>
>;

/** What Intercom refuses for a reason that only we can remove. */
export function refusalSignals(
  promql: Promql,
  { above, share, enough, allFailed }: Conditions,
): RefusalSignals {
  const refusal = ({ categories, threshold: key, panelId, onlyInVolume }: Refusal): Signal => {
    const matcher = categoryMatcher(...categories);
    const threshold = above(key);
    const chosen = select(RECORDS.outcomeRequests, [matcher]);
    return {
      unit: "percentunit",
      panel: { dashboard: "overview", id: panelId },
      value: (scope, matchers) => share(scope, [matcher], matchers),
      condition(matchers) {
        const many = allOf(
          compare(share("job", [matcher], matchers), ">", threshold.value),
          enough(matchers),
        );
        if (onlyInVolume) return many;
        return `${many}\nor\n((${allFailed("job", categories, matchers)}) * 0 + 1)`;
      },
      threshold,
      alsoUses: onlyInVolume
        ? ["minimumRequests"]
        : ["minimumRequests", "minimumFailures", "minimumRefusals"],
      identity: promql.labels("job"),
      guidance: {
        errorCodes: codesOf(...categories),
        queries: [
          { question: "Which codes?", expr: `sum by (job, client, error_code) (${chosen})` },
          {
            question: "Which operations?",
            expr: `topk(10, sum by (job, client, method, url_template, error_code) (${chosen}))`,
          },
          {
            question: "Which instances?",
            expr: `topk(10, sum by (job, instance, client) (${select(RECORDS.instanceRequests, [matcher])}))`,
          },
        ],
        spanFilters: categories.map((category) => `intercom.error.category = "${category}"`),
      },
    };
  };
  return {
    unauthorized: refusal({ categories: ["auth"], threshold: "unauthorizedRatio", panelId: ids.refusals }),
    forbidden: refusal({ categories: ["permission"], threshold: "forbiddenRatio", panelId: ids.refusals }),
    planRestricted: refusal({
      categories: ["plan"],
      threshold: "planRestrictedRatio",
      panelId: ids.refusals,
    }),
    invalidRequests: refusal({
      categories: ["validation", "client"],
      threshold: "invalidRequestsRatio",
      panelId: ids.invalidRatio,
    }),
    notFound: refusal({
      categories: ["not_found"],
      threshold: "notFoundRatio",
      panelId: ids.notFoundRatio,
      onlyInVolume: true,
    }),
  };
}
