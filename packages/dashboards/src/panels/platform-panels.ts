import { PANEL_IDS } from "../names/panel-ids.ts";
import type { PanelSpec, ValueMapping } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { components, incidents } from "./status-page-panels.ts";
import { orangeThenRed, redAbove, redBelow } from "./threshold-steps.ts";

const ids = PANEL_IDS.platform;

/** One failed probe is no longer green. */
const ABOVE_ZERO = 0.001;

function tokenValid(kit: PanelKit): PanelSpec {
  const mapping: ValueMapping = {
    type: "value",
    options: {
      "0": { text: "Refused", color: "red", index: 0 },
      "1": { text: "Accepted", color: "green", index: 1 },
    },
  };
  return kit.stat({
    id: ids.tokenValid,
    title: "Token",
    description:
      "What Intercom said about the token in the last probe that got a response. Refused: replace the token; nothing else helps.",
    queries: [
      {
        expr: `min by (${kit.promql.labels("client").join(", ")}) (${kit.promql.raw("probeTokenValid", kit.clientScope)})`,
        legend: "{{client}}",
      },
    ],
    unit: "none",
    noValue: "No response yet",
    thresholds: redBelow(1),
    mappings: [mapping],
    columns: 5,
  });
}

function probeFailures(kit: PanelKit): PanelSpec {
  return kit.stat({
    id: ids.probeFailures,
    title: "Failed probes in 15 minutes",
    description:
      "Zero is good. Red with a valid token means that Intercom or the network is the problem: the phases below show how far a probe gets.",
    queries: [{ expr: kit.signals.probeFailing.value("client", kit.clientScope), legend: "{{client}}" }],
    unit: "percentunit",
    max: 1,
    decimals: 0,
    noValue: "No probe",
    thresholds: orangeThenRed(ABOVE_ZERO, kit.promql.config.thresholds.probeFailureRatio),
    columns: 5,
  });
}

function lastSuccess(kit: PanelKit): PanelSpec {
  return kit.stat({
    id: ids.lastSuccess,
    title: "Since the last good probe",
    description: "About one probe interval is good. A figure that only grows is a probe that fails or hangs.",
    queries: [
      {
        expr: `clamp_min(time() - ${kit.promql.raw("probeLastSuccess", kit.clientScope)}, 0)`,
        legend: "{{client}}",
      },
    ],
    unit: "s",
    noValue: "Never",
    thresholds: redAbove(kit.promql.config.thresholds.probeStaleSeconds),
    columns: 5,
  });
}

function clockSkew(kit: PanelKit): PanelSpec {
  const { clockSkewSeconds } = kit.promql.config.thresholds;
  return kit.stat({
    id: ids.clockSkew,
    title: "Clock against Intercom's",
    description:
      "Positive: the local clock is ahead. Within a second is good; half a window makes retries wait for the wrong moment. Check the time service of the host.",
    queries: [{ expr: kit.promql.raw("probeClockSkew", kit.clientScope), legend: "{{client}}" }],
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

function phases(kit: PanelKit): PanelSpec {
  return kit.timeSeries({
    id: ids.phases,
    title: "Duration of a probe by phase",
    description:
      "Name lookup, connection, TLS, first byte, all of it. A slow lookup is our network, a slow first byte is Intercom.",
    queries: [
      {
        expr: `max by (client, phase) (${kit.promql.raw("probeDuration", kit.clientScope)})`,
        legend: "{{client}} {{phase}}",
      },
    ],
    unit: "s",
    noValue: "No probe",
    columns: 12,
  });
}

function quotaSeen(kit: PanelKit): PanelSpec {
  const remaining = kit.promql.raw("rateLimitRemaining", kit.clientScope);
  const limit = kit.promql.raw("rateLimit", kit.clientScope);
  const probe = `on (job, instance) group by (job, instance) (${kit.promql.raw("probeSuccess")})`;
  return kit.timeSeries(
    {
      id: ids.quotaSeen,
      title: "Quota left when the probe looked",
      description:
        "A view that does not depend on your services. Low here while they are quiet: somebody else uses the quota.",
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
export function platformPanels(kit: PanelKit): readonly PanelSpec[] {
  return [
    tokenValid(kit),
    probeFailures(kit),
    lastSuccess(kit),
    clockSkew(kit),
    incidents(kit),
    components(kit),
    phases(kit),
    quotaSeen(kit),
  ];
}
