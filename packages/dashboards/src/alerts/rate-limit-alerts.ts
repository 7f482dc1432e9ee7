import type { ResolvedConfig } from "../config/options.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { RATE_LIMITED_MATCHER } from "../promql/error-codes.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { AlertDraft, Guidance } from "./alert.ts";
import { above, allOf, compare, enoughRequests, rateLimitedShare, surfacedShare } from "./conditions.ts";

function guidance(config: ResolvedConfig): Guidance {
  const limited = select(RECORDS.outcomeRequests, [RATE_LIMITED_MATCHER]);
  const perProcess = rawMetric(config, "requests", []);
  return {
    errorCodes: ["rate_limit_exceeded", "too_many_requests", "retry_after"],
    queries: [
      { question: "Own demand as a share of the quota?", expr: RECORDS.demand },
      {
        question: "Which operations are refused?",
        expr: `topk(10, sum by (client, url_template) (${limited}))`,
      },
      { question: "Who spends?", expr: `topk(10, sum by (client, job, instance) (rate(${perProcess}[5m])))` },
    ],
    spanFilters: ["http.response.status_code = 429", "intercom.rate_limit.remaining = 0"],
  };
}

function limitedAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  const common = {
    alsoUses: ["minimumRequests"],
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.rateLimitedShare },
    identity: clientLabels(config),
    guidance: guidance(config),
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were answered with 429.",
  } as const;
  const some = above(config, "rateLimitedRatio");
  const many = above(config, "rateLimitedSevereRatio");
  return [
    {
      ...common,
      name: "IntercomClientRateLimited",
      severity: "warning",
      for: "10m",
      expr: allOf(compare(rateLimitedShare(), some), enoughRequests(config)),
      threshold: some,
      summary: "{{ $labels.client }} keeps running into Intercom's rate limit",
    },
    {
      ...common,
      name: "IntercomClientRateLimitedSeverely",
      severity: "critical",
      for: "5m",
      expr: allOf(compare(rateLimitedShare(), many), enoughRequests(config)),
      threshold: many,
      summary: "Intercom's rate limit refuses much of what {{ $labels.client }} sends",
    },
  ];
}

function surfaced(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "rateLimitSurfacedRatio");
  return {
    name: "IntercomClientRateLimitSurfaced",
    severity: "warning",
    for: "10m",
    expr: allOf(compare(surfacedShare(), threshold), enoughRequests(config)),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: "Rate-limited calls of {{ $labels.client }} fail for good",
    description:
      "{{ $value | humanizePercentage }} of the calls in the last 5 minutes ended with a 429 that no retry healed.",
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.surfacedShare },
    identity: clientLabels(config),
    guidance: guidance(config),
  };
}

function byOthers(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "rateLimitedRatio");
  return {
    name: "IntercomClientRateLimitedByOthers",
    severity: "warning",
    for: "10m",
    expr: allOf(
      compare(rateLimitedShare(), threshold),
      `max_over_time(${RECORDS.demand}[5m]) < ${config.thresholds.lowDemandRatio}`,
      enoughRequests(config),
    ),
    threshold,
    alsoUses: ["lowDemandRatio", "minimumRequests"],
    summary: "{{ $labels.client }} is rate-limited although it uses little of the quota",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were answered with 429 while own demand stayed low: another app of the workspace, a limit on jobs, or bursts shorter than a minute.",
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.rateLimitedShare },
    identity: clientLabels(config),
    guidance: guidance(config),
  };
}

/** Alerts on requests that met the limit. */
export function rateLimitAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [...limitedAlerts(config), surfaced(config), byOthers(config)];
}
