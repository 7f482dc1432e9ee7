import { breakMatcher, moveThreshold } from "./mutations.ts";
import type { Scenario } from "./scenario.ts";
import type { Series } from "./series.ts";
import { counterValues, gaugeValues, seriesName } from "./series.ts";

const FIRING_AT_MINUTE = 57;
const RESOLVED_AT_MINUTE = 94;

/** A gauge that is calm, in trouble from minute 10 to 60, and calm again. */
function episode(
  name: string,
  labels: Readonly<Record<string, string>>,
  calm: number,
  trouble: number,
): Series {
  const values = gaugeValues([
    [10, calm],
    [50, trouble],
    [40, calm],
  ]);
  return { series: seriesName(name, { job: "serve", instance: "p:80", ...labels }), values };
}

function inFlight(
  client: string,
  instance: string,
  trouble: number,
  requestsPerMinute: number,
): readonly Series[] {
  const labels = { client, job: "api", instance };
  return [
    episode("intercom_client_in_flight_requests", labels, 0, trouble),
    {
      series: seriesName("intercom_client_requests_total", {
        ...labels,
        method: "GET",
        url_template: "/me",
        status_code: "200",
      }),
      values: counterValues([
        { minutes: 10, perMinute: 60 },
        { minutes: 50, perMinute: requestsPerMinute },
        { minutes: 40, perMinute: 60 },
      ]),
    },
  ];
}

const stuck: Scenario = {
  alert: "IntercomClientStuck",
  input: [
    ...inFlight("zero-traffic", "a:80", 0, 0),
    ...inFlight("busy", "a:80", 5, 60),
    ...inFlight("one-of-two-hangs", "a:80", 3, 0),
    ...inFlight("one-of-two-hangs", "b:80", 3, 60),
    ...inFlight("hangs-beside-idle", "a:80", 1, 0),
    ...inFlight("hangs-beside-idle", "idle:80", 0, 0),
  ],
  pendingAtMinute: 22,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: ["one-of-two-hangs", "hangs-beside-idle"].map((client) => ({
    labels: { job: "api", client },
    value: "1",
  })),
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [
    ...moveThreshold(">", 0, [1, 1000]),
    breakMatcher("intercom_client_requests_total", "intercom_client_retries_total"),
    breakMatcher("intercom_client_in_flight_requests", "intercom_client_in_flight"),
  ],
};

const tokenRejected: Scenario = {
  alert: "IntercomClientTokenRejected",
  input: [
    episode("intercom_probe_token_valid", { client: "accepted" }, 1, 1),
    episode("intercom_probe_token_valid", { client: "refused" }, 1, 0),
    episode("intercom_probe_success", { client: "no-response-yet" }, 0, 0),
  ],
  pendingAtMinute: 12,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: [{ labels: { job: "serve", client: "refused" }, value: "0" }],
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [
    ...moveThreshold("<", 1, [0, 2]),
    breakMatcher("intercom_probe_token_valid", "intercom_probe_success"),
  ],
};

const platform = (component: string, trouble: number): Series =>
  episode("intercom_platform_status", { component, region: "us" }, 0, trouble);

const platformDegraded: Scenario = {
  alert: "IntercomClientPlatformDegraded",
  input: [platform("fine", 0), platform("maintenance", 1), platform("unknown", -1), platform("api", 3)],
  pendingAtMinute: 12,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: [{ labels: { component: "api", region: "us" }, value: "3" }],
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [
    ...moveThreshold(">", 1, [3, 0]),
    breakMatcher("intercom_platform_status", "intercom_platform_incidents"),
  ],
};

const clockSkew: Scenario = {
  alert: "IntercomClientClockSkew",
  input: [
    episode("intercom_probe_clock_skew_seconds", { client: "just-under" }, 0, 4.5),
    episode("intercom_probe_clock_skew_seconds", { client: "behind" }, 0, -7.5),
    episode("intercom_probe_clock_skew_seconds", { client: "ahead" }, 0, 7.5),
  ],
  pendingAtMinute: 12,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: ["behind", "ahead"].map((client) => ({ labels: { job: "serve", client }, value: "7.5s" })),
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [...moveThreshold(">", 5, [10, 4]), breakMatcher("abs(", "(")],
};

const sawtooth = (client: string, pattern: string): Series => ({
  series: seriesName("intercom_probe_success", { job: "serve", instance: "p:80", client }),
  values: Array.from({ length: 76 }, () => pattern).join(" "),
});

const lastSuccess = (client: string, values: string): Series => ({
  series: seriesName("intercom_probe_last_success_timestamp_seconds", {
    job: "serve",
    instance: "p:80",
    client,
  }),
  values,
});

const probeFailing: Scenario = {
  alert: "IntercomClientProbeFailing",
  input: [
    episode("intercom_probe_success", { client: "fine" }, 1, 1),
    lastSuccess("fine", "0+15x400"),
    sawtooth("just-under", "0 1 0 1 1"),
    episode("intercom_probe_success", { client: "fails" }, 1, 0),
    episode("intercom_probe_success", { client: "hangs" }, 1, 1),
    lastSuccess("hangs", "0+15x40 600+0x199 3600+15x160"),
  ],
  pendingAtMinute: 20,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: ["fails", "hangs"].map((client) => ({ labels: { job: "serve", client }, value: "100%" })),
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [
    ...moveThreshold(">", 0.5, [1, 0.3]),
    breakMatcher("intercom_probe_last_success_timestamp_seconds", "intercom_probe_duration_seconds"),
    breakMatcher("intercom_probe_success", "intercom_probe_token_valid"),
  ],
};

const info = (job: string, instance: string, values: string): Series => ({
  series: seriesName("intercom_client_info", { job, instance, client: "crm", version: "0.1.0" }),
  values,
});

const metricsAbsent: Scenario = {
  alert: "IntercomClientMetricsAbsent",
  input: [
    info("present", "a:80", gaugeValues([[100, 1]])),
    info("lost-one-of-two", "a:80", gaugeValues([[100, 1]])),
    info("lost-one-of-two", "b:80", gaugeValues([[20, 1]])),
    info(
      "gone",
      "a:80",
      gaugeValues([
        [20, 1],
        [40, undefined],
        [40, 1],
      ]),
    ),
    {
      series: seriesName("intercom_probe_success", { job: "probe-gone", instance: "p:80", client: "crm" }),
      values: gaugeValues([
        [20, 1],
        [40, undefined],
        [40, 1],
      ]),
    },
  ],
  pendingAtMinute: 30,
  firingAtMinute: FIRING_AT_MINUTE,
  firing: ["gone", "probe-gone"].map((job) => ({ labels: { job, client: "crm" }, value: "1" })),
  resolvedAtMinute: RESOLVED_AT_MINUTE,
  mutations: [
    breakMatcher("job:intercom_client_processes:count", "job:intercom_client_processes:none"),
    breakMatcher("[7d]", "[10m]"),
  ],
};

/** Alerts on a state, not on a share of traffic. */
export const GAUGE_SCENARIOS: readonly Scenario[] = [
  stuck,
  tokenRejected,
  platformDegraded,
  clockSkew,
  probeFailing,
  metricsAbsent,
];
