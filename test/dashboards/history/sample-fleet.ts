import { METRICS } from "@intercom-telemetry/core/contract";
import type { HistorySeries } from "./backfill.ts";
import type { ProcessShape, TrafficShape } from "./fleet-history.ts";
import { processHistory } from "./fleet-history.ts";

/** A fixed time, so that every run sees the same. */
export const END_EPOCH_SECONDS: number = Date.UTC(2026, 0, 10) / 1000;
/** Six hours. */
export const PERIOD_SECONDS = 6 * 3600;
/** Start of the history. */
export const START_EPOCH_SECONDS: number = END_EPOCH_SECONDS - PERIOD_SECONDS;

const CONTACT: TrafficShape = { method: "GET", template: "/contacts/{id}", status: "200", perMinute: 90 };
const SEARCH: TrafficShape = { method: "POST", template: "/contacts/search", status: "200", perMinute: 20 };

const failures: readonly TrafficShape[] = [
  { ...CONTACT, status: "500", code: "server_error", retryable: true, perMinute: 4 },
  { ...SEARCH, status: "429", code: "rate_limit_exceeded", retryable: true, perMinute: 6 },
  { ...SEARCH, status: "", code: "timeout", retryable: true, perMinute: 1 },
  { ...CONTACT, status: "401", code: "token_revoked", retryable: false, perMinute: 1 },
  { ...CONTACT, status: "403", code: "api_plan_restricted", retryable: false, perMinute: 1 },
  { ...CONTACT, status: "403", code: "action_forbidden", retryable: false, perMinute: 1 },
  { ...CONTACT, status: "422", code: "unprocessable_entity", retryable: false, perMinute: 2 },
  { ...CONTACT, status: "409", code: "unique_user_constraint", retryable: false, perMinute: 2 },
  { ...CONTACT, status: "400", code: "other", retryable: false, perMinute: 1 },
  { method: "GET", template: "unmatched", status: "404", code: "not_found", retryable: false, perMinute: 1 },
];

const base = { client: "crm", limit: 167, startEpochSeconds: START_EPOCH_SECONDS };

const processes: readonly ProcessShape[] = [
  {
    ...base,
    job: "api",
    instance: "a:80",
    traffic: [CONTACT, SEARCH, ...failures],
    retriesPerMinute: 6,
    restartsAt: [PERIOD_SECONDS / 2, PERIOD_SECONDS - 1200],
    telemetryFailuresPerMinute: 1,
  },
  { ...base, job: "api", instance: "idle:80", traffic: [{ ...CONTACT, perMinute: 0 }], hanging: 0 },
  { ...base, job: "worker", instance: "w:80", traffic: [SEARCH], upgradeAt: PERIOD_SECONDS / 2 },
  {
    ...base,
    job: "worker",
    instance: "stuck:80",
    traffic: [{ ...SEARCH, perMinute: 0 }],
    hanging: 3,
    upgradeAt: PERIOD_SECONDS / 2,
  },
  { ...base, job: "mailer", instance: "m:80", client: "mail", limit: 1667, traffic: [CONTACT] },
];

const PROBE = { job: "probe", instance: "p:80", client: "crm" };

function gauge(
  key: keyof typeof METRICS,
  labels: Readonly<Record<string, string>>,
  valueAt: (second: number) => number,
): HistorySeries {
  return { metric: METRICS[key].name, type: "gauge", labels, valueAt };
}

const probe: readonly HistorySeries[] = [
  gauge("probeSuccess", PROBE, () => 1),
  gauge("probeTokenValid", PROBE, () => 1),
  gauge("probeClockSkew", PROBE, () => -0.4),
  gauge("probeLastSuccess", PROBE, (second) => START_EPOCH_SECONDS + second - (second % 60)),
  ...["dns", "total"].map((phase) => gauge("probeDuration", { ...PROBE, phase }, () => 0.2)),
  ...["REST API", "Inbox"].map((component) =>
    gauge("platformStatus", { job: "probe", instance: "p:80", component, region: "us" }, () => 0),
  ),
  gauge("platformIncidents", { job: "probe", instance: "p:80" }, () => 0),
  gauge("rateLimit", PROBE, () => 167),
  gauge("rateLimitRemaining", PROBE, () => 150),
  gauge("rateLimitReset", PROBE, (second) => START_EPOCH_SECONDS + second + 5),
  {
    metric: METRICS.refusedLogins.name,
    type: "counter",
    labels: { job: "api", instance: "a:80" },
    valueAt: (second) => second / 60,
  },
];

const alerts = ["critical", "warning", "info"].flatMap((severity): readonly HistorySeries[] => {
  const labels = { alertname: `IntercomClientSample${severity}`, severity, client: "crm", job: "api" };
  return [
    { metric: "ALERTS", type: "gauge", labels: { ...labels, alertstate: "firing" }, valueAt: () => 1 },
    { metric: "ALERTS_FOR_STATE", type: "gauge", labels, valueAt: () => START_EPOCH_SECONDS },
  ];
});

/** Three jobs, two clients, one process that is idle, one that hangs, one that restarts, and the probe. */
export const SAMPLE_FLEET: readonly HistorySeries[] = [
  ...processes.flatMap(processHistory),
  ...probe,
  ...alerts,
];
