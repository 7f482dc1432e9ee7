import type { ResolvedConfig } from "../config/options.ts";
import type { BurnSpeed } from "../config/slo.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { failedMatcher } from "../promql/error-codes.ts";
import { failureRatioRecord, RATE_WINDOW, RATE_WINDOW_SECONDS, RECORDS } from "../promql/records.ts";
import { clientLabels, select } from "../promql/select.ts";
import { eventsInWindow } from "../rules/slo-rules.ts";
import type { AlertDraft, Guidance } from "./alert.ts";
import { above, allOf, compare, formatPercent } from "./conditions.ts";
import type { AlertName, Severity } from "./names.ts";

const FAMILY: Readonly<
  Record<BurnSpeed, { readonly name: AlertName; readonly severity: Severity; readonly for: string }>
> = {
  fast: { name: "IntercomClientErrorBudgetBurnFast", severity: "critical", for: "2m" },
  moderate: { name: "IntercomClientErrorBudgetBurnModerate", severity: "critical", for: "15m" },
  slow: { name: "IntercomClientErrorBudgetBurnSlow", severity: "warning", for: "1h" },
  creeping: { name: "IntercomClientErrorBudgetBurnCreeping", severity: "info", for: "3h" },
};

function guidance(config: ResolvedConfig): Guidance {
  const failed = select(RECORDS.outcomeRequests, [failedMatcher(config.slo)]);
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
      { question: "Which codes spend the budget?", expr: `sum by (client, error_code) (${failed})` },
      { question: "Which operations?", expr: `topk(10, sum by (client, url_template) (${failed}))` },
      { question: "Which services?", expr: `sum by (client, job) (${RECORDS.jobFailedCalls})` },
    ],
    spanFilters: ['intercom.error.category = "server"', 'intercom.error.category = "transport"'],
  };
}

function burnAlert(config: ResolvedConfig, speed: BurnSpeed): AlertDraft {
  const { long, short, factor } = config.slo.burnRates[speed];
  const limit = Number((factor * (1 - config.slo.objectiveRatio)).toPrecision(12));
  const threshold = {
    value: limit,
    comparison: ">",
    drawnAs: factor,
    setting: `slo.burnRates.${speed}.factor`,
  } as const;
  return {
    ...FAMILY[speed],
    expr: allOf(
      compare(failureRatioRecord(long), threshold),
      compare(failureRatioRecord(short), threshold),
      `${eventsInWindow(RECORDS.failedCalls, long)} >= ${config.thresholds.minimumFailedCalls}`,
    ),
    threshold,
    alsoUses: ["minimumFailedCalls"],
    summary: `Failed calls of {{ $labels.client }} spend the error budget at ${factor} times the allowed rate`,
    description: `{{ $value | humanizePercentage }} of the calls in the last ${long} failed, and the last ${short} are above the limit too; more than ${formatPercent(limit)} spends the budget of ${config.slo.periodDays} days ${factor} times too fast.`,
    panel: { dashboard: "slo", id: PANEL_IDS.slo.burnRate },
    identity: clientLabels(config),
    guidance: guidance(config),
  };
}

function exhausted(config: ResolvedConfig): AlertDraft {
  const threshold = { value: 0, comparison: "<", setting: "slo.objectiveRatio" } as const;
  return {
    name: "IntercomClientErrorBudgetExhausted",
    severity: "warning",
    for: "15m",
    expr: allOf(
      compare(RECORDS.budgetRemaining, threshold),
      `${RECORDS.failedCallsPerPeriod} >= ${config.thresholds.minimumFailedCalls}`,
    ),
    threshold,
    alsoUses: ["minimumFailedCalls"],
    summary: `The error budget of {{ $labels.client }} for ${config.slo.periodDays} days is used up`,
    description: `{{ $value | humanizePercentage }} of the budget is left; the objective of ${formatPercent(config.slo.objectiveRatio)} is missed unless calls stop failing.`,
    panel: { dashboard: "slo", id: PANEL_IDS.slo.budgetLeft },
    identity: clientLabels(config),
    guidance: guidance(config),
  };
}

function unavailable(config: ResolvedConfig): AlertDraft {
  const threshold = { ...above(config, "unavailableRatio"), drawnAs: 1 - config.thresholds.unavailableRatio };
  return {
    name: "IntercomClientUnavailable",
    severity: "critical",
    for: "3m",
    expr: allOf(
      compare(failureRatioRecord(RATE_WINDOW), threshold),
      `${RECORDS.calls} * ${RATE_WINDOW_SECONDS} >= ${config.thresholds.minimumFailedCalls}`,
    ),
    threshold,
    alsoUses: ["minimumFailedCalls"],
    summary: "Most calls of {{ $labels.client }} to Intercom fail",
    description:
      "{{ $value | humanizePercentage }} of the calls in the last 5 minutes failed with an error of Intercom's side, on the network, or at the rate limit.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.successRatio },
    identity: clientLabels(config),
    guidance: guidance(config),
  };
}

/** Alerts on the objective: budget burn, budget gone, outage. */
export function sloAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [
    burnAlert(config, "fast"),
    burnAlert(config, "moderate"),
    burnAlert(config, "slow"),
    burnAlert(config, "creeping"),
    exhausted(config),
    unavailable(config),
  ];
}
