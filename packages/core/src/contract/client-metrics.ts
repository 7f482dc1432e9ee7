import type { MetricDefinition } from "./metric-definition.ts";

/** Latency from which a request counts as slow, in seconds. It is an edge of the duration histogram. */
export const SLOW_REQUEST_SECONDS: number = 2.5;

/** The stages in which our own code can fail without the caller noticing. */
export const FAILURE_STAGES = ["start", "classify", "span", "metrics", "recorder", "on_outcome"] as const;

/** A stage of the work on one request. */
export type FailureStage = (typeof FAILURE_STAGES)[number];

/** Short name of a metric that the instrumentation in the service writes. */
export type ClientMetricKey =
  | "requests"
  | "retries"
  | "duration"
  | "inFlight"
  | "rateLimit"
  | "rateLimitRemaining"
  | "rateLimitReset"
  | "windowUsage"
  | "rateLimitUnknown"
  | "info"
  | "failures";

/** The metrics of the instrumentation, by the short name that code uses. */
export const CLIENT_METRICS: Readonly<Record<ClientMetricKey, MetricDefinition>> = {
  requests: {
    name: "intercom_client_requests_total",
    type: "counter",
    unit: "{request}",
    help: "Finished requests to Intercom, one for each attempt.",
    labels: ["client", "method", "url_template", "status_code", "error_code", "error_category", "retryable"],
    writer: "client",
  },
  retries: {
    name: "intercom_client_retries_total",
    type: "counter",
    unit: "{request}",
    help: "Attempts after a failed one, by its error. Calls = requests - retries.",
    labels: ["client", "method", "url_template", "error_code", "error_category"],
    writer: "client",
  },
  duration: {
    name: "intercom_client_request_duration_seconds",
    type: "histogram",
    unit: "s",
    help: "Duration of one attempt: with the body for axios, up to the headers for fetch and streams.",
    labels: ["client", "method", "url_template"],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1.5, SLOW_REQUEST_SECONDS, 5.5, 10.5, 20.5, 30.5, 60.5],
    writer: "client",
  },
  inFlight: {
    name: "intercom_client_in_flight_requests",
    type: "gauge",
    unit: "{request}",
    help: "Requests that have started and not yet ended.",
    labels: ["client"],
    aggregator: "sum",
    writer: "client",
  },
  rateLimit: {
    name: "intercom_client_rate_limit_limit",
    type: "gauge",
    unit: "{request}",
    help: "Requests that Intercom allows in the current 10-second window.",
    labels: ["client"],
    aggregator: "max",
    writer: "client",
  },
  rateLimitRemaining: {
    name: "intercom_client_rate_limit_remaining",
    type: "gauge",
    unit: "{request}",
    help: "Requests left in the last known window; the limit once it has ended.",
    labels: ["client"],
    aggregator: "min",
    writer: "client",
  },
  rateLimitReset: {
    name: "intercom_client_rate_limit_reset_timestamp_seconds",
    type: "gauge",
    unit: "s",
    help: "When the last known window ends, in seconds since the epoch.",
    labels: ["client"],
    aggregator: "max",
    writer: "client",
  },
  windowUsage: {
    name: "intercom_client_rate_limit_window_usage_ratio",
    type: "histogram",
    unit: "1",
    help: "Highest share of the quota used in a window, once for each that has ended.",
    labels: ["client"],
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.999],
    writer: "client",
  },
  rateLimitUnknown: {
    name: "intercom_client_rate_limit_unknown_total",
    type: "counter",
    unit: "{response}",
    help: "Responses with a status below 500 and no usable rate-limit headers.",
    labels: ["client"],
    writer: "client",
  },
  info: {
    name: "intercom_client_info",
    type: "gauge",
    unit: "",
    help: "Always 1, with the version of the instrumentation.",
    labels: ["client", "version"],
    aggregator: "max",
    writer: "client",
  },
  failures: {
    name: "intercom_telemetry_failures_total",
    type: "counter",
    unit: "{failure}",
    help: "Failures of the instrumentation itself, kept from the caller.",
    labels: ["stage"],
    writer: "client",
  },
};
