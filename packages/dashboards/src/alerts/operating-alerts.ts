import { PLATFORM_STATUS_VALUES, SLOW_REQUEST_SECONDS } from "@intercom-telemetry/core/contract";
import { RECORDS } from "../names/records.ts";
import { formatPercent } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { PROBE_WINDOW } from "../signals/probe.ts";
import type { Signals } from "../signals/signals.ts";
import { ABSENCE_MEMORY } from "../signals/telemetry.ts";
import { STUCK_WINDOW } from "../signals/traffic.ts";
import type { AlertSource } from "./alert.ts";

/** What others use of the quota, asked while the alert is written; blame needs evidence. */
function othersEvidence({ config }: Promql): string {
  const { groupLabels, thresholds } = config;
  const labels = [...groupLabels, "client"];
  const matchers = labels.map((label) => `${label}=%q`).join(",");
  const values = labels.map((label) => `$labels.${label}`).join(" ");
  const query = `${RECORDS.others}{${matchers}} > ${thresholds.othersUsedRatio}`;
  return `{{ with printf \`${query}\` ${values} | query }}Others use at least {{ . | first | value | humanizePercentage }} of the quota.{{ else }}No sign that others use much of the quota.{{ end }}`;
}

/** Requests that met the limit, or are close to it. */
export function quotaAlerts(promql: Promql, signals: Signals): readonly AlertSource[] {
  const { who, config } = promql;
  const limited = {
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes got a 429. Slow down or pause the job that uses most of the quota: the rate-limit dashboard names it.",
    evidence: othersEvidence(promql),
  };
  return [
    {
      ...limited,
      signal: signals.rateLimited,
      name: "IntercomClientRateLimited",
      severity: "warning",
      for: "10m",
      summary: `${who} keeps exceeding Intercom's rate limit`,
    },
    {
      ...limited,
      signal: signals.rateLimitedSeverely,
      name: "IntercomClientRateLimitedSeverely",
      severity: "critical",
      for: "5m",
      summary: `Intercom's rate limit refuses much of what ${who} sends`,
    },
    {
      signal: signals.windowsTight,
      name: "IntercomClientRateLimitWindowsTight",
      severity: "info",
      for: "15m",
      summary: `${who} is close to Intercom's rate limit`,
      description: `{{ $value | humanizePercentage }} of the rate-limit windows in the last 15 minutes were used to more than ${formatPercent(config.thresholds.windowEdgeRatio)}. The first 429s are near: spread batch work, or throttle it.`,
    },
  ];
}

/** How requests run: slow, repeated, hanging, missing. */
export function trafficAlerts({ who, config }: Promql, signals: Signals): readonly AlertSource[] {
  const whereToLook = config.durationPerOperation
    ? ""
    : " Durations are recorded by client, not by operation: search your traces for the slow ones.";
  return [
    {
      signal: signals.slowRequests,
      name: "IntercomClientSlowRequests",
      severity: "warning",
      for: "10m",
      summary: `Intercom responds slowly to ${who}`,
      description: `{{ $value | humanizePercentage }} of the requests in the last 5 minutes took longer than ${SLOW_REQUEST_SECONDS} seconds. Other clients too: look at Intercom's status page; one operation: ask for smaller pages.${whereToLook}`,
    },
    {
      signal: signals.retryStorm,
      name: "IntercomClientRetryStorm",
      severity: "warning",
      for: "10m",
      summary: `${who} spends much of its traffic on retries`,
      description:
        "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were retries. Ask which error code they follow; a code that no retry can help must not be retried.",
    },
    {
      signal: signals.stuck,
      name: "IntercomClientStuck",
      severity: "warning",
      for: "5m",
      summary: `Requests of ${who} to Intercom never end`,
      description: `Processes in which requests have been open for ${STUCK_WINDOW} while none ended: {{ $value }}. Restart them, then set a time limit on their requests.`,
    },
    {
      signal: signals.trafficDropped,
      name: "IntercomClientTrafficDropped",
      severity: "warning",
      for: "15m",
      summary: `${who} calls Intercom far less than a week ago`,
      description:
        "Calls in the last hour are at {{ $value | humanizePercentage }} of the same hour a week ago. Ask what calls it: a queue that stands still, a switched-off feature, a deploy.",
      optIn: true,
    },
  ];
}

/** Whether the numbers exist and are complete. */
export function telemetryAlerts({ who }: Promql, signals: Signals): readonly AlertSource[] {
  return [
    {
      signal: signals.metricsAbsent,
      name: "IntercomClientMetricsAbsent",
      severity: "warning",
      for: "10m",
      summary: `No process reports metrics about Intercom for ${who}`,
      description: `It is expected, or it reported within the last ${ABSENCE_MEMORY}, and reports nothing now. The other alerts cannot see it. Look first whether its targets are up.`,
    },
    {
      signal: signals.blindSpot,
      name: "IntercomClientBlindSpot",
      severity: "warning",
      for: "15m",
      summary: `What is shown of ${who} is incomplete: {{ $labels.reason }}`,
      description:
        "Reason: {{ $labels.reason }}. The runbook has a line for each reason, with what to do; rules_missing means that every other alert is silent.",
    },
  ];
}

/** What the probe sees. */
export function probeAlerts({ who }: Promql, signals: Signals): readonly AlertSource[] {
  const scale = Object.entries(PLATFORM_STATUS_VALUES)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${value} ${name.replaceAll("_", " ")}`)
    .join(", ");
  return [
    {
      signal: signals.tokenRejected,
      name: "IntercomClientTokenRejected",
      severity: "warning",
      for: "3m",
      summary: `Intercom refuses the token of the probe: ${who}`,
      description:
        "The last probe that got a response was refused because of the token. Where services use the same token, they fail as well: replace it.",
    },
    {
      signal: signals.platformDegraded,
      name: "IntercomClientPlatformDegraded",
      severity: "info",
      for: "5m",
      summary: "Intercom reports trouble with {{ $labels.component }} ({{ $labels.region }})",
      description: `Intercom's status page gives it {{ $value }} (${scale}).`,
    },
    {
      signal: signals.clockSkew,
      name: "IntercomClientClockSkew",
      severity: "warning",
      for: "10m",
      summary: `The clock of the probe's host is wrong: ${who}`,
      description:
        "It differs from Intercom's by {{ $value | humanizeDuration }}; waiting for the rate limit's reset ends at the wrong time.",
    },
    {
      signal: signals.probeFailing,
      name: "IntercomClientProbeFailing",
      severity: "warning",
      for: "5m",
      summary: `Probes of Intercom fail: ${who}`,
      description: `{{ $value | humanizePercentage }} of the probes in the last ${PROBE_WINDOW} failed, or none has succeeded for longer than that. Compare with the services: if they work, it is the probe's own network.`,
    },
  ];
}
