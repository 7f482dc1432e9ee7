/** Every alert that this package can write. The names are public API. */
export const ALERT_NAMES = [
  "IntercomClientUnavailable",
  "IntercomClientErrorBudgetBurnFast",
  "IntercomClientErrorBudgetBurnModerate",
  "IntercomClientErrorBudgetBurnSlow",
  "IntercomClientUnauthorized",
  "IntercomClientForbidden",
  "IntercomClientPlanRestricted",
  "IntercomClientInvalidRequests",
  "IntercomClientNotFoundSpike",
  "IntercomClientOperationFailing",
  "IntercomClientInstanceFailing",
  "IntercomClientWritesUncertain",
  "IntercomClientRateLimited",
  "IntercomClientRateLimitedSeverely",
  "IntercomClientRateLimitWindowsTight",
  "IntercomClientSlowRequests",
  "IntercomClientRetryStorm",
  "IntercomClientStuck",
  "IntercomClientTrafficDropped",
  "IntercomClientMetricsAbsent",
  "IntercomClientBlindSpot",
  "IntercomClientTokenRejected",
  "IntercomClientPlatformDegraded",
  "IntercomClientClockSkew",
  "IntercomClientProbeFailing",
] as const;

/** Name of an alert. */
export type AlertName = (typeof ALERT_NAMES)[number];

/** Severities, most severe first. */
export const SEVERITIES = ["critical", "warning", "info"] as const;

/** Who is told: `critical` pages somebody, `warning` waits for working hours, `info` is informational. */
export type Severity = (typeof SEVERITIES)[number];

/** Matchers for the alerts of this package that fire now, in Prometheus's own `ALERTS` series. */
export const FIRING: readonly string[] = ['alertname=~"IntercomClient.+"', 'alertstate="firing"'];
