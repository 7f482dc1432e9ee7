/** Every alert that this package can write. The names are public API. */
export const ALERT_NAMES = [
  "IntercomClientErrorBudgetBurnFast",
  "IntercomClientErrorBudgetBurnModerate",
  "IntercomClientErrorBudgetBurnSlow",
  "IntercomClientErrorBudgetBurnCreeping",
  "IntercomClientErrorBudgetExhausted",
  "IntercomClientUnavailable",
  "IntercomClientUnauthorized",
  "IntercomClientForbidden",
  "IntercomClientPlanRestricted",
  "IntercomClientRateLimited",
  "IntercomClientRateLimitedSeverely",
  "IntercomClientRateLimitSurfaced",
  "IntercomClientRateLimitWindowsTight",
  "IntercomClientRateLimitedByOthers",
  "IntercomClientRateLimitCapacityForecast",
  "IntercomClientRateLimitUnknown",
  "IntercomClientSlowRequests",
  "IntercomClientRetryStorm",
  "IntercomClientInvalidRequests",
  "IntercomClientConflictSpike",
  "IntercomClientStuck",
  "IntercomClientTrafficDropped",
  "IntercomClientUnknownErrorCode",
  "IntercomClientUnmatchedOperation",
  "IntercomClientMetricsAbsent",
  "IntercomClientTelemetryFailing",
  "IntercomClientTokenRejected",
  "IntercomClientPlatformDegraded",
  "IntercomClientClockSkew",
  "IntercomClientProbeFailing",
] as const;

/** Name of one alert. */
export type AlertName = (typeof ALERT_NAMES)[number];

/** Who has to act: `critical` now, `warning` within the working day, `info` when there is time. */
export type Severity = "critical" | "warning" | "info";
