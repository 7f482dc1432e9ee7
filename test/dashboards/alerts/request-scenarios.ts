import { describeStatus, lookupError } from "@intercom-telemetry/core/facts";
import type { AlertName } from "@intercom-telemetry/dashboards";
import { breakMatcher, dropGuard, moveShare } from "./mutations.ts";
import type { Flow, Scenario, Timeline } from "./scenario.ts";
import { shareScenario } from "./scenario.ts";

export const REQUESTS = "intercom_client_requests_total";
export const RETRIES = "intercom_client_retries_total";
const HOUR: Timeline = { startMinute: 10, endMinute: 60, lastMinute: 95 };
export const OK: Record<string, string> = {
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

/** Labels of a retry that follows a failed request. */
const retryAfter = ({ error_code = "", error_category = "" }: Readonly<Record<string, string>>) => ({
  method: "GET",
  url_template: "/contacts/{id}",
  error_code,
  error_category,
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
      labels: retryAfter(bad),
      perMinute: perMinute * 0.1,
    },
  ];

interface Refusal {
  readonly alert: AlertName;
  readonly threshold: number;
  readonly value: string;
  readonly status: string;
  readonly code: string;
  /** Failing altogether says nothing: lookups may miss. */
  readonly onlyInVolume?: true;
}

function refusal({ alert, threshold, value, status, code, onlyInVolume }: Refusal): Scenario {
  const category = lookupError(code)?.category ?? "";
  const few = onlyInVolume ? {} : { lowLevel: 0.9, fewPerMinute: 0.2 };
  return shareScenario({
    ...few,
    alert,
    flows: mix(failed(status, code, false)),
    under: threshold * 0.9,
    over: threshold * 1.5,
    value,
    perMinute: 120,
    lowPerMinute: 2,
    timeline: { startMinute: 10, endMinute: 75, lastMinute: 115 },
    mutations: [
      ...moveShare(threshold),
      breakMatcher(category, `not_${category}`),
      dropGuard(20),
      ...(onlyInVolume ? [] : [breakMatcher(">= 3", ">= 300")]),
    ],
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
    evidence: "No sign that others use much of the quota.",
    timeline: HOUR,
    mutations: [
      ...moveShare(threshold),
      breakMatcher("job:intercom_client_rate_limited_requests", "job:intercom_client_retries"),
      dropGuard(20),
    ],
  });
}

const retryStorm = shareScenario({
  alert: "IntercomClientRetryStorm",
  flows: (level, perMinute) => [
    { metric: REQUESTS, labels: OK, perMinute },
    {
      metric: RETRIES,
      labels: retryAfter(limited),
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
    breakMatcher("job:intercom_client_retries", "job:intercom_client_none"),
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
  mutations: [...moveShare(0.25), breakMatcher("tight_windows:ratio_rate15m", "tight_windows:none")],
});

/** Alerts on a share of requests. */
export const REQUEST_SCENARIOS: readonly Scenario[] = [
  refusal({
    alert: "IntercomClientUnauthorized",
    threshold: 0.05,
    value: "7.5%",
    status: "401",
    code: "token_revoked",
  }),
  refusal({
    alert: "IntercomClientForbidden",
    threshold: 0.05,
    value: "7.5%",
    status: "403",
    code: "action_forbidden",
  }),
  refusal({
    alert: "IntercomClientPlanRestricted",
    threshold: 0.05,
    value: "7.5%",
    status: "403",
    code: "api_plan_restricted",
  }),
  refusal({
    alert: "IntercomClientInvalidRequests",
    threshold: 0.1,
    value: "15%",
    status: "422",
    code: "unprocessable_entity",
  }),
  refusal({
    alert: "IntercomClientNotFoundSpike",
    threshold: 0.5,
    value: "75%",
    status: "404",
    code: "not_found",
    onlyInVolume: true,
  }),
  rateLimited("IntercomClientRateLimited", 0.05, "7.5%"),
  rateLimited("IntercomClientRateLimitedSeverely", 0.25, "37.5%"),
  retryStorm,
  slow,
  tight,
];
