import { breakMatcher } from "./mutations.ts";
import { failed, OK, REQUESTS } from "./request-scenarios.ts";
import type { Expectation, Scenario } from "./scenario.ts";
import type { Series, Stretch } from "./series.ts";
import { counterValues, gaugeValues, seriesName } from "./series.ts";

type Labels = Readonly<Record<string, string>>;

const MINUTES = 240;

function info(job: string, values: string, more: Labels = {}): Series {
  const labels = { job, client: "crm", instance: "a:80", version: "0.1.0", ...more };
  return { series: seriesName("intercom_client_info", labels), values };
}

const always = gaugeValues([[MINUTES, 1]]);

function counter(metric: string, labels: Labels, stretches: readonly Stretch[]): Series {
  return {
    series: seriesName(metric, { client: "crm", instance: "a:80", ...labels }),
    values: counterValues(stretches),
  };
}

/** In trouble until minute 90. */
const until90 = (perMinute: number, after: number): readonly Stretch[] => [
  { minutes: 90, perMinute },
  { minutes: MINUTES - 90, perMinute: after },
];

/** A job whose requests are good but for one kind, a little more or less than 1% of them. */
function requests(job: string, bad: Labels, badPerMinute: number, perMinute = 100): readonly Series[] {
  return [
    info(job, always),
    counter(REQUESTS, { job, ...OK }, until90(perMinute - badPerMinute, perMinute)),
    counter(REQUESTS, { job, ...bad }, until90(badPerMinute, 0)),
    counter("intercom_client_request_duration_seconds_bucket", { job, le: "+Inf" }, until90(100, 100)),
  ];
}

const UNKNOWN_CODE = failed("400", "other", false);
const MISSED = failed("404", "not_found", false);
const UNMATCHED = { ...OK, url_template: "unmatched" };
const FAILURES = "intercom_telemetry_failures_total";
const UNKNOWN_LIMIT = "intercom_client_rate_limit_unknown_total";

const found = (job: string, reason: string, client: Labels = { client: "crm" }): Expectation => ({
  labels: { job, ...client, reason },
  value: "",
});

/** Every fifth minute at first, as configured later. */
const slow = `1 ${Array.from({ length: 90 }, () => "_x3 1").join(" ")} 1+0x600`;

/** Each reason just above its threshold, and just below it. */
export const BLIND_SPOT_SCENARIO: Scenario = {
  alert: "IntercomClientBlindSpot",
  input: [
    ...requests("codes", UNKNOWN_CODE, 1.5),
    ...requests("codes-under", UNKNOWN_CODE, 0.9),
    ...requests("codes-few", UNKNOWN_CODE, 0.1, 0.2),
    ...requests("paths", UNMATCHED, 1.5),
    ...requests("paths-under", UNMATCHED, 0.9),
    ...requests("recording", MISSED, 0),
    counter(FAILURES, { job: "recording", stage: "span", client: "" }, until90(1.5, 0)),
    ...requests("recording-under", MISSED, 0),
    counter(FAILURES, { job: "recording-under", stage: "span", client: "" }, until90(0.9, 0)),
    ...requests("headers", MISSED, 0),
    counter(UNKNOWN_LIMIT, { job: "headers" }, until90(75, 0)),
    ...requests("headers-under", MISSED, 0),
    counter(UNKNOWN_LIMIT, { job: "headers-under" }, until90(45, 0)),
    info("scraped-each-minute", slow),
    info("seen-twice", gaugeValues([[90, 1]]), { replica: "a" }),
    info("seen-twice", always, { replica: "b" }),
    // Without classic buckets.
    info("native", always),
    counter(REQUESTS, { job: "native", ...OK }, until90(100, 0)),
  ],
  pendingAtMinute: 12,
  firingAtMinute: 88,
  firing: [
    found("codes", "unknown_error_codes"),
    found("paths", "unmatched_operations"),
    found("recording", "not_recorded", {}),
    found("headers", "rate_limit_unknown"),
    found("scraped-each-minute", "slow_scrapes"),
    found("seen-twice", "duplicates"),
    found("native", "no_classic_histograms"),
  ],
  resolvedAtMinute: 180,
  mutations: [
    breakMatcher('error_code="other"', 'error_code="nothing"'),
    breakMatcher('url_template="unmatched"', 'url_template="nothing"'),
    breakMatcher("intercom_telemetry_failures_total", "intercom_telemetry_failures"),
    breakMatcher("intercom_client_rate_limit_unknown_total", "intercom_client_rate_limit_unknown"),
    breakMatcher("> 0.01", "> 0.008"),
    breakMatcher("> 0.5", "> 0.4"),
    breakMatcher(">= 20", ">= 0"),
    breakMatcher("< 26.67", "< 5"),
    breakMatcher("> 1", "> 2"),
    breakMatcher("job_le:intercom", "job:intercom"),
  ],
};
