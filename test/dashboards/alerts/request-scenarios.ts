import { describeStatus, lookupError } from "@intercom-telemetry/core/facts";
import type { AlertName } from "@intercom-telemetry/dashboards";
import { breakMatcher, dropGuard, moveShare } from "./mutations.ts";
import type { Flow, Scenario, Timeline } from "./scenario.ts";
import { shareScenario } from "./scenario.ts";
import { counterValues, gaugeValues, seriesName } from "./series.ts";

const REQUESTS = "intercom_client_requests_total";
const RETRIES = "intercom_client_retries_total";
const HOUR: Timeline = { startMinute: 10, endMinute: 60, lastMinute: 95 };
const TWO_HOURS: Timeline = { startMinute: 0, endMinute: 80, lastMinute: 165 };
const OK: Record<string, string> = {
  method: "GET",
  url_template: "/contacts/{id}",
  status_code: "200",
  error_code: "",
  error_category: "",
  retryable: "",
};

/** Labels of a failed request. */
export const failed = (status: string, code: string, retryable: boolean): Record<string, string> => ({
  ...OK,
  status_code: status,
  error_code: code,
  error_category: lookupError(code)?.category ?? describeStatus(Number(status))?.category ?? "unknown",
  retryable: String(retryable),
});

/** Good requests and a share of bad ones. */
export const mix =
  (bad: Readonly<Record<string, string>>) =>
  (level: number, perMinute: number): readonly Flow[] => [
    { metric: REQUESTS, labels: OK, perMinute: perMinute * (1 - level) },
    { metric: REQUESTS, labels: bad, perMinute: perMinute * level },
  ];

/** A share of calls fails for good, and as many as a tenth fail once and are healed by a retry. */
export const mixWithHealed =
  (bad: Readonly<Record<string, string>>) =>
  (level: number, perMinute: number): readonly Flow[] => [
    { metric: REQUESTS, labels: OK, perMinute: perMinute * (1 - level) },
    { metric: REQUESTS, labels: bad, perMinute: perMinute * (level + 0.1) },
    {
      metric: RETRIES,
      labels: { method: "GET", url_template: "/contacts/{id}" },
      perMinute: perMinute * 0.1,
    },
  ];

function refusal(alert: AlertName, threshold: number, value: string, status: string, code: string): Scenario {
  const category = lookupError(code)?.category ?? "";
  return shareScenario({
    alert,
    flows: mix(failed(status, code, false)),
    under: threshold * 0.9,
    over: threshold * 1.5,
    value,
    perMinute: 120,
    lowPerMinute: 2,
    timeline: HOUR,
    mutations: [...moveShare(threshold), breakMatcher(category, `not_${category}`), dropGuard(20)],
  });
}

const limited = failed("429", "rate_limit_exceeded", true);

function rateLimited(alert: AlertName, threshold: number, value: string): Scenario {
  return shareScenario({
    alert,
    flows: mix(limited),
    under: threshold * 0.9,
    over: threshold * 1.5,
    value,
    perMinute: 120,
    lowPerMinute: 2,
    timeline: HOUR,
    mutations: [
      ...moveShare(threshold),
      breakMatcher("client:intercom_client_rate_limited_requests", "client:intercom_client_retries"),
      dropGuard(20),
    ],
  });
}

const limitGauge = (client: string, limit: number): { series: string; values: string } => ({
  series: seriesName("intercom_client_rate_limit_limit", { client, job: "api", instance: "a:80" }),
  values: gaugeValues([[100, limit]]),
});

/** All of its quota, and rate-limited: somebody else is not the cause. */
const spender = mix(limited)(0.2, 120).map(({ metric, labels, perMinute }) => ({
  series: seriesName(metric, { client: "spends-itself", job: "api", instance: "a:80", ...labels }),
  values: counterValues([{ minutes: 95, perMinute }]),
}));

const byOthers = shareScenario({
  alert: "IntercomClientRateLimitedByOthers",
  flows: mix(limited),
  under: 0.045,
  over: 0.075,
  value: "7.5%",
  perMinute: 120,
  lowPerMinute: 2,
  timeline: HOUR,
  extraInput: [
    ...["zero-traffic", "low-volume", "just-under", "over", "over-with-reset", "over-beside-idle"].map(
      (client) => limitGauge(client, 1667),
    ),
    limitGauge("spends-itself", 25),
    ...spender,
  ],
  mutations: [
    ...moveShare(0.05),
    breakMatcher(") < 0.5", ") < 5"),
    breakMatcher(
      "client:intercom_client_rate_limit_demand:ratio",
      "client:intercom_client_rate_limit_others:ratio0",
    ),
    dropGuard(20),
  ],
});

const surfaced = shareScenario({
  alert: "IntercomClientRateLimitSurfaced",
  flows: mixWithHealed(limited),
  under: 0.009,
  over: 0.015,
  value: "1.5%",
  perMinute: 120,
  lowPerMinute: 2,
  timeline: HOUR,
  mutations: [
    ...moveShare(0.01),
    breakMatcher("client:intercom_client_retries:rate5m", "client:intercom_client_retries:none"),
    dropGuard(20),
  ],
});

const headersUnknown = shareScenario({
  alert: "IntercomClientRateLimitUnknown",
  flows: (level, perMinute) => [
    { metric: REQUESTS, labels: OK, perMinute },
    { metric: "intercom_client_rate_limit_unknown_total", labels: {}, perMinute: perMinute * level },
  ],
  under: 0.45,
  over: 0.75,
  value: "75%",
  perMinute: 120,
  lowPerMinute: 2,
  timeline: HOUR,
  mutations: [
    ...moveShare(0.5),
    breakMatcher("rate_limit_unknown_total", "rate_limit_known_total"),
    dropGuard(20),
  ],
});

const retryStorm = shareScenario({
  alert: "IntercomClientRetryStorm",
  flows: (level, perMinute) => [
    { metric: REQUESTS, labels: OK, perMinute },
    {
      metric: RETRIES,
      labels: { method: "GET", url_template: "/contacts/{id}" },
      perMinute: perMinute * level,
    },
  ],
  under: 0.27,
  over: 0.45,
  value: "45%",
  perMinute: 120,
  lowPerMinute: 2,
  timeline: HOUR,
  mutations: [
    ...moveShare(0.3),
    breakMatcher("client:intercom_client_retries", "client:intercom_client_resends"),
    dropGuard(20),
  ],
});

const slow = shareScenario({
  alert: "IntercomClientSlowRequests",
  flows: (level, perMinute) => [
    { metric: REQUESTS, labels: OK, perMinute },
    { metric: "intercom_client_request_duration_seconds_bucket", labels: { le: "1.5" }, perMinute: 0 },
    {
      metric: "intercom_client_request_duration_seconds_bucket",
      labels: { le: "2.5" },
      perMinute: perMinute * (1 - level),
    },
    { metric: "intercom_client_request_duration_seconds_bucket", labels: { le: "+Inf" }, perMinute },
  ],
  under: 0.09,
  over: 0.15,
  value: "15%",
  perMinute: 120,
  lowPerMinute: 2,
  timeline: HOUR,
  mutations: [...moveShare(0.1), breakMatcher('le="2.5"', 'le="1.5"'), dropGuard(20)],
});

const tight = shareScenario({
  alert: "IntercomClientRateLimitWindowsTight",
  flows: (level, perMinute) => [
    {
      metric: "intercom_client_rate_limit_window_usage_ratio_bucket",
      labels: { le: "0.8" },
      perMinute: perMinute * (1 - level),
    },
    { metric: "intercom_client_rate_limit_window_usage_ratio_count", labels: {}, perMinute },
  ],
  under: 0.225,
  over: 0.375,
  value: "37.5%",
  perMinute: 4,
  lowPerMinute: 0.5,
  pendingAtMinute: 30,
  timeline: HOUR,
  mutations: [...moveShare(0.25), breakMatcher("tight_windows:ratio_rate15m", "demand:ratio")],
});

function blindSpot(alert: AlertName, bad: Record<string, string>, matcher: string): Scenario {
  return shareScenario({
    alert,
    flows: mix(bad),
    under: 0.009,
    over: 0.015,
    value: "1.5%",
    perMinute: 120,
    lowPerMinute: 0.2,
    timeline: TWO_HOURS,
    mutations: [...moveShare(0.01), breakMatcher(`"${matcher}"`, '"nothing"'), dropGuard(20)],
  });
}

const telemetry = shareScenario({
  alert: "IntercomClientTelemetryFailing",
  by: "job",
  flows: (level, perMinute) => [
    { metric: REQUESTS, labels: OK, perMinute: perMinute * (1 - level) },
    {
      metric: "intercom_telemetry_failures_total",
      labels: { stage: "span", client: "" },
      perMinute: perMinute * level,
    },
  ],
  under: 0.009,
  over: 0.015,
  value: "1.5%",
  perMinute: 120,
  pendingAtMinute: 24,
  timeline: HOUR,
  mutations: [
    ...moveShare(0.01),
    breakMatcher("intercom_telemetry_failures_total", "intercom_telemetry_failures"),
  ],
});

/** Alerts on a share of requests. */
export const REQUEST_SCENARIOS: readonly Scenario[] = [
  refusal("IntercomClientUnauthorized", 0.05, "7.5%", "401", "token_revoked"),
  refusal("IntercomClientForbidden", 0.05, "7.5%", "403", "action_forbidden"),
  refusal("IntercomClientPlanRestricted", 0.05, "7.5%", "403", "api_plan_restricted"),
  refusal("IntercomClientInvalidRequests", 0.1, "15%", "422", "unprocessable_entity"),
  refusal("IntercomClientConflictSpike", 0.1, "15%", "409", "unique_user_constraint"),
  rateLimited("IntercomClientRateLimited", 0.05, "7.5%"),
  rateLimited("IntercomClientRateLimitedSeverely", 0.25, "37.5%"),
  byOthers,
  surfaced,
  headersUnknown,
  retryStorm,
  slow,
  tight,
  blindSpot("IntercomClientUnknownErrorCode", failed("400", "other", false), "other"),
  blindSpot("IntercomClientUnmatchedOperation", { ...OK, url_template: "unmatched" }, "unmatched"),
  telemetry,
];
