import type { BurnSpeed } from "../config/slo.ts";
import { budgetRatio } from "../config/slo.ts";
import type { AlertName, Severity } from "../names/alert-names.ts";
import { formatPercent } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { Signals } from "../signals/signals.ts";
import type { AlertSource } from "./alert.ts";

type Burn = readonly [speed: BurnSpeed, name: AlertName, severity: Severity, wait: string];

const BURNS: readonly Burn[] = [
  ["fast", "IntercomClientErrorBudgetBurnFast", "critical", "2m"],
  ["moderate", "IntercomClientErrorBudgetBurnModerate", "warning", "15m"],
  ["slow", "IntercomClientErrorBudgetBurnSlow", "info", "1h"],
];

/** Outage and error budget. */
export function sloAlerts({ config, who }: Promql, signals: Signals): readonly AlertSource[] {
  const { slo } = config;
  const rows = { fast: signals.burnFast, moderate: signals.burnModerate, slow: signals.burnSlow };
  const burns = BURNS.map(([speed, name, severity, wait]): AlertSource => {
    const { long, short, factor } = slo.burnRates[speed];
    const limit = formatPercent(factor * budgetRatio(slo));
    return {
      signal: rows[speed],
      name,
      severity,
      for: wait,
      summary: `Failed calls of ${who} spend the error budget at ${factor} times the allowed rate`,
      description: `{{ $value | humanizePercentage }} of the calls in the last ${long} failed, and the last ${short} are above the limit too. More than ${limit} spends the budget of ${slo.periodDays} days ${factor} times too fast. Ask first which operations and codes fail.`,
    };
  });
  return [
    {
      signal: signals.unavailable,
      name: "IntercomClientUnavailable",
      severity: "critical",
      for: "3m",
      summary: `Most calls of ${who} to Intercom fail`,
      description:
        "{{ $value | humanizePercentage }} of the latest calls failed: on Intercom's side, on the network, at the rate limit, or for several reasons at once. Read the verdict at the top left of the overview first: it says who has to act.",
    },
    ...burns,
  ];
}

/** Requests that Intercom refuses for a reason that only we can remove. */
export function refusalAlerts({ who }: Promql, signals: Signals): readonly AlertSource[] {
  return [
    {
      signal: signals.unauthorized,
      name: "IntercomClientUnauthorized",
      severity: "critical",
      for: "2m",
      summary: `Intercom does not accept the token of ${who}`,
      description:
        "{{ $value | humanizePercentage }} of the latest requests were refused because of the token. Retrying cannot help: deploy a valid token. If other jobs of the client work, this one reads an old secret.",
    },
    {
      signal: signals.forbidden,
      name: "IntercomClientForbidden",
      severity: "warning",
      for: "5m",
      summary: `The token of ${who} lacks a permission`,
      description:
        "{{ $value | humanizePercentage }} of the latest requests were refused because the token may not do what was asked. The first query of the runbook names the operations: grant the scope, or switch the feature off.",
    },
    {
      signal: signals.planRestricted,
      name: "IntercomClientPlanRestricted",
      severity: "warning",
      for: "15m",
      summary: `The workspace's plan does not include what ${who} asks for`,
      description:
        "{{ $value | humanizePercentage }} of the latest requests were refused because of the plan. Stop calling the operations that the runbook's query names, or ask for the plan.",
    },
    {
      signal: signals.invalidRequests,
      name: "IntercomClientInvalidRequests",
      severity: "warning",
      for: "10m",
      summary: `${who} sends requests that Intercom cannot accept`,
      description:
        "{{ $value | humanizePercentage }} of the latest requests were refused as malformed or invalid. Look at what was deployed last.",
    },
    {
      signal: signals.notFound,
      name: "IntercomClientNotFoundSpike",
      severity: "warning",
      for: "15m",
      summary: `Most of what ${who} asks for does not exist`,
      description:
        "{{ $value | humanizePercentage }} of the requests in the last 5 minutes ended with 404. Look at where the ids come from, and at the base URL.",
    },
    {
      signal: signals.failingOperations,
      name: "IntercomClientOperationFailing",
      severity: "warning",
      for: "5m",
      summary: `Every {{ $labels.method }} {{ $labels.url_template }} of ${who} fails`,
      description:
        "{{ $value }} requests failed and none succeeded, while other operations of the job work. Look at the error code, then at what was deployed last.",
    },
    {
      signal: signals.failingInstances,
      name: "IntercomClientInstanceFailing",
      severity: "warning",
      for: "5m",
      summary: `Every request of {{ $labels.instance }} (${who}) fails`,
      description:
        "{{ $value }} requests failed and none succeeded, while other instances of the job work. Compare its token, its version and its network with theirs; restart it.",
    },
    {
      signal: signals.writesUncertain,
      name: "IntercomClientWritesUncertain",
      severity: "warning",
      for: "5m",
      summary: `Unknown whether POST {{ $labels.url_template }} of ${who} took effect`,
      description:
        "{{ $value | humanizePercentage }} of these writes in the last 30 minutes ended without a response after they were sent. Look for duplicates and losses before you send them again.",
    },
  ];
}
