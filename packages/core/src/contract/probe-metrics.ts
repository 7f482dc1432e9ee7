import type { MetricDefinition } from "./metric-definition.ts";

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

/** Short name of a metric that the probe writes. */
export type ProbeMetricKey =
  | "probeSuccess"
  | "probeDuration"
  | "probeTokenValid"
  | "probeClockSkew"
  | "probeLastSuccess"
  | "platformStatus"
  | "platformIncidents";

/** The metrics of the probe, by the short name that code uses. */
export const PROBE_METRICS: Readonly<Record<ProbeMetricKey, MetricDefinition>> = {
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
