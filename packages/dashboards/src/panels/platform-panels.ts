import { probeFailureShare } from "../alerts/probe-alerts.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { clientLabels, rawMetric } from "../promql/select.ts";
import type { PanelSpec, ValueMapping } from "./grafana.ts";
import { stat, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE } from "./scope.ts";
import { components, incidents } from "./status-page-panels.ts";
import { redAbove, redBelow } from "./threshold-steps.ts";

const ids = PANEL_IDS.platform;

function tokenValid(config: ResolvedConfig): PanelSpec {
  const mapping: ValueMapping = {
    type: "value",
    options: {
      "0": { text: "Refused", color: "red", index: 0 },
      "1": { text: "Accepted", color: "green", index: 1 },
    },
  };
  return stat(config, {
    id: ids.tokenValid,
    title: "Token",
    description:
      "What Intercom said about the token in the last probe that got an answer. Refused: replace the token; nothing else helps.",
    queries: [
      {
        expr: `min by (${clientLabels(config).join(", ")}) (${rawMetric(config, "probeTokenValid", CLIENT_SCOPE)})`,
        legend: "{{client}}",
      },
    ],
    unit: "none",
    noValue: "No answer yet",
    thresholds: redBelow(1),
    mappings: [mapping],
    columns: 5,
  });
}

function probeFailures(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.probeFailures,
    title: "Failed probes in 15 minutes",
    description:
      "Zero is good. Red with a valid token means that Intercom or the network is the problem: the phases below show how far a probe gets.",
    queries: [{ expr: probeFailureShare(config, CLIENT_SCOPE), legend: "{{client}}" }],
    unit: "percentunit",
    max: 1,
    decimals: 0,
    noValue: "No probe",
    thresholds: redAbove(config.thresholds.probeFailureRatio),
    columns: 5,
  });
}

function lastSuccess(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.lastSuccess,
    title: "Since the last good probe",
    description: "About one probe interval is good. A figure that only grows is a probe that fails or hangs.",
    queries: [
      {
        expr: `clamp_min(time() - ${rawMetric(config, "probeLastSuccess", CLIENT_SCOPE)}, 0)`,
        legend: "{{client}}",
      },
    ],
    unit: "s",
    noValue: "Never",
    thresholds: redAbove(config.thresholds.probeStaleSeconds),
    columns: 5,
  });
}

function clockSkew(config: ResolvedConfig): PanelSpec {
  const { clockSkewSeconds } = config.thresholds;
  return stat(config, {
    id: ids.clockSkew,
    title: "Clock against Intercom's",
    description:
      "Positive: the local clock is ahead. Within a second is good; half a window makes retries wait for the wrong moment. Check the time service of the host.",
    queries: [{ expr: rawMetric(config, "probeClockSkew", CLIENT_SCOPE), legend: "{{client}}" }],
    unit: "s",
    signed: true,
    noValue: "Not known",
    thresholds: [
      { color: "red", value: null },
      { color: "green", value: -clockSkewSeconds },
      { color: "red", value: clockSkewSeconds },
    ],
    columns: 5,
  });
}

function phases(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.phases,
    title: "Duration of a probe by phase",
    description:
      "Name look-up, connection, TLS, first byte, all of it. A slow look-up is our network, a slow first byte is Intercom.",
    queries: [
      {
        expr: `max by (client, phase) (${rawMetric(config, "probeDuration", CLIENT_SCOPE)})`,
        legend: "{{client}} {{phase}}",
      },
    ],
    unit: "s",
    noValue: "No probe",
    columns: 12,
  });
}

function quotaSeen(config: ResolvedConfig): PanelSpec {
  const remaining = rawMetric(config, "rateLimitRemaining", CLIENT_SCOPE);
  const limit = rawMetric(config, "rateLimit", CLIENT_SCOPE);
  const probe = `on (job, instance) group by (job, instance) (${rawMetric(config, "probeSuccess")})`;
  return timeSeries(
    config,
    {
      id: ids.quotaSeen,
      title: "Quota left when the probe looked",
      description:
        "A view that does not depend on your services. Low here while they are quiet: somebody else spends the quota.",
      queries: [{ expr: `${remaining} / (${limit} > 0) and ${probe}`, legend: "{{client}} {{instance}}" }],
      unit: "percentunit",
      max: 1,
      noValue: "Not known",
      columns: 12,
    },
    { draw: "points" },
  );
}

/** What the probe sees from outside. */
export function platformPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [
    tokenValid(config),
    probeFailures(config),
    lastSuccess(config),
    clockSkew(config),
    incidents(config),
    components(config),
    phases(config),
    quotaSeen(config),
  ];
}
