import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import type { ResolvedConfig } from "../config/options.ts";
import type { ThresholdKey } from "../config/thresholds.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { categoryMatcher, errorsOf } from "../promql/error-codes.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, select } from "../promql/select.ts";
import type { AlertDraft } from "./alert.ts";
import { above, allOf, compare, enoughRequests, outcomeShare } from "./conditions.ts";

/** What differs between the alerts on a share of requests that ended with codes of one kind. */
interface ShareAlert
  extends Pick<AlertDraft, "name" | "severity" | "for" | "summary" | "description" | "panel"> {
  readonly categories: readonly ErrorCategory[];
  readonly threshold: ThresholdKey;
}

function categoryAlert(
  config: ResolvedConfig,
  { categories, threshold: key, ...rest }: ShareAlert,
): AlertDraft {
  const matcher = categoryMatcher(...categories);
  const chosen = select(RECORDS.outcomeRequests, [matcher]);
  const threshold = above(config, key);
  return {
    ...rest,
    expr: allOf(compare(outcomeShare(config, [matcher]), threshold), enoughRequests(config)),
    threshold,
    alsoUses: ["minimumRequests"],
    identity: clientLabels(config),
    guidance: {
      errorCodes: errorsOf(...categories).map(({ code }) => code),
      queries: [
        { question: "Which codes?", expr: `sum by (client, error_code) (${chosen})` },
        {
          question: "Which operations?",
          expr: `topk(10, sum by (client, url_template, error_code) (${chosen}))`,
        },
        { question: "Which services?", expr: `sum by (client, job) (${chosen})` },
      ],
      spanFilters: categories.map((category) => `intercom.error.category = "${category}"`),
    },
  };
}

const refusals = { dashboard: "overview", id: PANEL_IDS.overview.refusals } as const;

const SHARE_ALERTS: readonly ShareAlert[] = [
  {
    name: "IntercomClientUnauthorized",
    categories: ["auth"],
    threshold: "unauthorizedRatio",
    severity: "critical",
    for: "2m",
    summary: "Intercom does not accept the token of {{ $labels.client }}",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were refused because of the token. Retrying cannot help.",
    panel: refusals,
  },
  {
    name: "IntercomClientForbidden",
    categories: ["permission"],
    threshold: "forbiddenRatio",
    severity: "warning",
    for: "5m",
    summary: "The token of {{ $labels.client }} lacks a permission",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were refused because the token may not do what was asked.",
    panel: refusals,
  },
  {
    name: "IntercomClientPlanRestricted",
    categories: ["plan"],
    threshold: "planRestrictedRatio",
    severity: "warning",
    for: "15m",
    summary: "The workspace's plan does not include what {{ $labels.client }} asks for",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were refused because of the plan.",
    panel: refusals,
  },
  {
    name: "IntercomClientInvalidRequests",
    categories: ["validation", "client"],
    threshold: "invalidRequestsRatio",
    severity: "warning",
    for: "10m",
    summary: "{{ $labels.client }} sends requests that Intercom cannot accept",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were refused as malformed or invalid. Look at what was deployed last.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.invalidRatio },
  },
  {
    name: "IntercomClientConflictSpike",
    categories: ["conflict"],
    threshold: "conflictRatio",
    severity: "info",
    for: "15m",
    summary: "{{ $labels.client }} often collides with what already exists",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes ended in a conflict, such as a contact that exists.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.conflictRatio },
  },
];

/** Alerts on requests that Intercom refuses for a reason that only we can remove. */
export function refusalAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return SHARE_ALERTS.map((alert) => categoryAlert(config, alert));
}
