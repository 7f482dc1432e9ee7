/** How prom-client's cluster aggregator joins the values of several workers. */
export type Aggregator = "sum" | "min" | "max" | "first" | "omit" | "average";

/** One metric of the contract. Everything that names a metric reads this table. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Unit of the OpenTelemetry instrument, in UCUM; empty where a unit would change the name in Prometheus. */
  readonly unit: string;
  /** Upper bounds, in the unit of the name. Histograms only. */
  readonly buckets?: readonly number[];
  /** Cluster mode, gauges only; counters and histograms add up. */
  readonly aggregator?: Aggregator;
  /** Who writes it: the instrumentation in the service, or the probe. */
  readonly writer: "client" | "probe";
}

/** Latency from which a request counts as slow, in seconds. It is an edge of the duration histogram. */
export const SLOW_REQUEST_SECONDS: number = 2.5;

/** The stages in which our own code can fail without the caller noticing. */
export const FAILURE_STAGES = ["start", "classify", "span", "metrics", "recorder", "on_outcome"] as const;

/** A stage of the work on one request. */
export type FailureStage = (typeof FAILURE_STAGES)[number];

/** The phases of one probe. */
export const PROBE_PHASES = ["dns", "connect", "tls", "first_byte", "total"] as const;

/** A phase of one probe. */
export type ProbePhase = (typeof PROBE_PHASES)[number];

/** Values of `intercom_platform_status`: a severity, and -1 for "could not find out". */
export const PLATFORM_STATUS_VALUES = {
  unknown: -1,
  operational: 0,
  under_maintenance: 1,
  degraded_performance: 2,
  partial_outage: 3,
  major_outage: 4,
} as const;

/** Short name of a metric of the contract. */
export type MetricKey =
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
  | "failures"
  | "probeSuccess"
  | "probeDuration"
  | "probeTokenValid"
  | "probeClockSkew"
  | "probeLastSuccess"
  | "platformStatus"
  | "platformIncidents";

/** The metrics, by the short name that code uses. The names are public API. */
export const METRICS: Readonly<Record<MetricKey, MetricDefinition>> = {
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
    help: "Attempts that follow a failed one, by the error that they follow. Calls = requests - retries.",
    labels: ["client", "method", "url_template", "error_code", "error_category"],
    writer: "client",
  },
  duration: {
    name: "intercom_client_request_duration_seconds",
    type: "histogram",
    unit: "s",
    help: "Duration of one attempt, until the transport hands over the response or fails: with the body for axios without a stream, up to the headers for fetch and streams.",
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
    help: "Requests left in the last known window; equal to the limit once that window has ended.",
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
    help: "Highest share of the quota seen in a window, observed once for each window that has ended.",
    labels: ["client"],
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.999],
    writer: "client",
  },
  rateLimitUnknown: {
    name: "intercom_client_rate_limit_unknown_total",
    type: "counter",
    unit: "{response}",
    help: "Responses of Intercom with a status below 500 and no usable rate-limit headers.",
    labels: ["client"],
    writer: "client",
  },
  info: {
    name: "intercom_client_info",
    type: "gauge",
    unit: "",
    help: "Always 1; tells which version of the instrumentation runs.",
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
  probeSuccess: {
    name: "intercom_probe_success",
    type: "gauge",
    unit: "",
    help: "1 when the last probe got a successful response to GET /me, else 0.",
    labels: ["client"],
    writer: "probe",
  },
  probeDuration: {
    name: "intercom_probe_duration_seconds",
    type: "gauge",
    unit: "s",
    help: "Duration of the last probe, by phase.",
    labels: ["client", "phase"],
    writer: "probe",
  },
  probeTokenValid: {
    name: "intercom_probe_token_valid",
    type: "gauge",
    unit: "",
    help: "1 when Intercom accepted the token in the last probe that got a response, 0 when it refused it.",
    labels: ["client"],
    writer: "probe",
  },
  probeClockSkew: {
    name: "intercom_probe_clock_skew_seconds",
    type: "gauge",
    unit: "s",
    help: "Local clock minus Intercom's Date header; positive when the local clock is ahead.",
    labels: ["client"],
    writer: "probe",
  },
  probeLastSuccess: {
    name: "intercom_probe_last_success_timestamp_seconds",
    type: "gauge",
    unit: "s",
    help: "When a probe last succeeded, in seconds since the epoch.",
    labels: ["client"],
    writer: "probe",
  },
  platformStatus: {
    name: "intercom_platform_status",
    type: "gauge",
    unit: "",
    help: "Intercom's status page by component: 0 operational, 1 maintenance, 2 degraded, 3 partial outage, 4 major outage, -1 unknown.",
    labels: ["component", "region"],
    writer: "probe",
  },
  platformIncidents: {
    name: "intercom_platform_incidents",
    type: "gauge",
    unit: "{incident}",
    help: "Open incidents on Intercom's status page; absent while unknown.",
    labels: [],
    writer: "probe",
  },
};
