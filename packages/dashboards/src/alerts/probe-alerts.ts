import { PLATFORM_STATUS_VALUES } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { errorsOf } from "../promql/error-codes.ts";
import { maxBy } from "../promql/idioms.ts";
import { clientLabels, rawMetric } from "../promql/select.ts";
import type { AlertDraft } from "./alert.ts";
import { above, compare } from "./conditions.ts";

const PROBE_WINDOW = "15m";

/** Share of failed probes; 1 as well when none has succeeded for too long, as when the probe hangs. */
export function probeFailureShare(config: ResolvedConfig, matchers: readonly string[] = []): string {
  const labels = clientLabels(config);
  const success = `avg_over_time(${rawMetric(config, "probeSuccess", matchers)}[${PROBE_WINDOW}])`;
  const last = maxBy(labels, rawMetric(config, "probeLastSuccess", matchers));
  const stale = `(${last} < time() - ${config.thresholds.probeStaleSeconds}) * 0 + 1`;
  return `${stale}\nor\n1 - avg by (${labels.join(", ")}) (${success})`;
}

function tokenRejected(config: ResolvedConfig): AlertDraft {
  const threshold = {
    value: 1,
    comparison: "<",
    setting: "alerts.IntercomClientTokenRejected.enabled",
  } as const;
  return {
    name: "IntercomClientTokenRejected",
    severity: "critical",
    for: "3m",
    expr: compare(
      `min by (${clientLabels(config).join(", ")}) (${rawMetric(config, "probeTokenValid")})`,
      threshold,
    ),
    threshold,
    alsoUses: [],
    summary: "The probe's token for {{ $labels.client }} is refused by Intercom",
    description: "The last probe that got an answer was refused because of the token.",
    panel: { dashboard: "platform", id: PANEL_IDS.platform.tokenValid },
    identity: clientLabels(config),
    guidance: {
      errorCodes: errorsOf("auth").map(({ code }) => code),
      queries: [
        {
          question: "Do the services see it too?",
          expr: `sum by (job, status_code) (rate(${rawMetric(config, "requests", ['status_code="401"'])}[5m]))`,
        },
        { question: "Since when?", expr: `min_over_time(${rawMetric(config, "probeTokenValid")}[1h])` },
      ],
      spanFilters: ['intercom.error.category = "auth"'],
    },
  };
}

function platformDegraded(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "platformSeverity");
  const labels = [...config.groupLabels, "component", "region"];
  const scale = Object.entries(PLATFORM_STATUS_VALUES)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${value} ${name.replaceAll("_", " ")}`)
    .join(", ");
  return {
    name: "IntercomClientPlatformDegraded",
    severity: "info",
    for: "5m",
    expr: compare(maxBy(labels, rawMetric(config, "platformStatus")), threshold),
    threshold,
    alsoUses: [],
    summary: "Intercom reports trouble with {{ $labels.component }} ({{ $labels.region }})",
    description: `Intercom's status page gives it {{ $value }} (${scale}).`,
    panel: { dashboard: "platform", id: PANEL_IDS.platform.components },
    identity: labels,
    guidance: {
      errorCodes: ["service_unavailable", "server_error"],
      queries: [
        {
          question: "Does it reach us?",
          expr: `sum by (client, status_code) (rate(${rawMetric(config, "requests", ['status_code=~"5.."'])}[5m]))`,
        },
        { question: "Open incidents?", expr: rawMetric(config, "platformIncidents") },
      ],
      spanFilters: ['intercom.error.category = "server"'],
    },
  };
}

function clockSkew(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "clockSkewSeconds");
  return {
    name: "IntercomClientClockSkew",
    severity: "warning",
    for: "10m",
    expr: compare(maxBy(clientLabels(config), `abs(${rawMetric(config, "probeClockSkew")})`), threshold),
    threshold,
    alsoUses: [],
    summary: "The clock of the host that probes {{ $labels.client }} is off",
    description:
      "It differs from Intercom's by {{ $value | humanizeDuration }}; waiting for the rate limit's reset ends at the wrong time.",
    panel: { dashboard: "platform", id: PANEL_IDS.platform.clockSkew },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["tls"],
      queries: [
        { question: "Which hosts, and in which direction?", expr: rawMetric(config, "probeClockSkew") },
        {
          question: "Do resets look wrong?",
          expr: `${rawMetric(config, "rateLimitReset")} - timestamp(${rawMetric(config, "rateLimitReset")})`,
        },
      ],
      spanFilters: [],
    },
  };
}

function probeFailing(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "probeFailureRatio");
  return {
    name: "IntercomClientProbeFailing",
    severity: "warning",
    for: "5m",
    expr: compare(probeFailureShare(config), threshold),
    threshold,
    alsoUses: ["probeStaleSeconds"],
    summary: "The probe for {{ $labels.client }} gets no good answer from Intercom",
    description: `{{ $value | humanizePercentage }} of the probes in the last ${PROBE_WINDOW} failed, or none has succeeded for longer than that.`,
    panel: { dashboard: "platform", id: PANEL_IDS.platform.probeFailures },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["dns", "connection_refused", "tls", "timeout", "service_unavailable"],
      queries: [
        { question: "How far does a probe get?", expr: rawMetric(config, "probeDuration") },
        { question: "When did one last succeed?", expr: `time() - ${rawMetric(config, "probeLastSuccess")}` },
      ],
      spanFilters: ['url.template = "/me"'],
    },
  };
}

/** Alerts from the probe, which sees Intercom without your services. */
export function probeAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [tokenRejected(config), platformDegraded(config), clockSkew(config), probeFailing(config)];
}
