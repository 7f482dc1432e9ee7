import { SLOW_REQUEST_SECONDS } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { overWindow, ratio, shareAbove, sumBy } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { AlertDraft } from "./alert.ts";
import { above, allOf, below, compare, enoughRequests } from "./conditions.ts";

const STUCK_WINDOW = "10m";

/** Share of requests slower than the contract's edge, over the last 5 minutes. */
export function slowShare(labels: readonly string[], matchers: readonly string[] = []): string {
  const buckets = (edge: string): string =>
    sumBy(labels, select(RECORDS.jobDurationBuckets, [...matchers, `le="${edge}"`]));
  return shareAbove(buckets(String(SLOW_REQUEST_SECONDS)), buckets("+Inf"));
}

function slow(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "slowRequestsRatio");
  const durations = rawMetric(config, "duration", [], "_bucket");
  return {
    name: "IntercomClientSlowRequests",
    severity: "warning",
    for: "10m",
    expr: allOf(compare(slowShare(clientLabels(config)), threshold), enoughRequests(config)),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: "Intercom answers {{ $labels.client }} slowly",
    description: `{{ $value | humanizePercentage }} of the requests in the last 5 minutes took longer than ${SLOW_REQUEST_SECONDS} seconds.`,
    panel: { dashboard: "overview", id: PANEL_IDS.overview.slowShare },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["timeout", "gateway_timeout"],
      queries: [
        {
          question: "Which operations are slow?",
          expr: `topk(10, histogram_quantile(0.95, sum by (client, url_template, le) (rate(${durations}[10m]))))`,
        },
        { question: "Do all services see it?", expr: slowShare(["client", "job"]) },
      ],
      spanFilters: [`duration > ${SLOW_REQUEST_SECONDS}s`],
    },
  };
}

function retryStorm(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "retryRatio");
  return {
    name: "IntercomClientRetryStorm",
    severity: "warning",
    for: "10m",
    expr: allOf(compare(ratio(RECORDS.retries, RECORDS.requests), threshold), enoughRequests(config)),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: "{{ $labels.client }} spends much of its traffic on retries",
    description: "{{ $value | humanizePercentage }} of the requests in the last 5 minutes were resends.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.retryRatio },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["rate_limit_exceeded", "service_unavailable", "timeout"],
      queries: [
        {
          question: "What is retried?",
          expr: `sum by (client, error_code) (${select(RECORDS.outcomeRequests, ['retryable="true"'])})`,
        },
        { question: "Which services?", expr: `sum by (client, job) (${RECORDS.jobRetries})` },
      ],
      spanFilters: ["http.request.resend_count >= 1"],
    },
  };
}

/** Processes in which requests are open all the time and none ends. */
export function stuckProcesses(config: ResolvedConfig, matchers: readonly string[] = []): string {
  const process = ["job", "instance", ...clientLabels(config)];
  const open = `min_over_time(${rawMetric(config, "inFlight", matchers)}[${STUCK_WINDOW}]) > 0`;
  const ended = sumBy(process, `rate(${rawMetric(config, "requests", matchers)}[${STUCK_WINDOW}])`);
  return `count by (${clientLabels(config).join(", ")}) (\n(${open})\nunless on (${process.join(", ")})\n(${ended} > 0)\n)`;
}

function stuck(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "stuckProcesses");
  return {
    name: "IntercomClientStuck",
    severity: "warning",
    for: "5m",
    expr: compare(stuckProcesses(config), threshold),
    threshold,
    alsoUses: [],
    summary: "Requests of {{ $labels.client }} to Intercom never end",
    description: `Processes in which requests have been open for ${STUCK_WINDOW} while none ended: {{ $value }}.`,
    panel: { dashboard: "overview", id: PANEL_IDS.overview.stuck },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["timeout"],
      queries: [
        { question: "Which processes?", expr: `min_over_time(${rawMetric(config, "inFlight")}[10m]) > 0` },
        {
          question: "When did one last end?",
          expr: `sum by (job, instance) (increase(${rawMetric(config, "requests")}[1h]))`,
        },
      ],
      spanFilters: ['intercom.error.code = "timeout"'],
    },
  };
}

function dropped(config: ResolvedConfig): AlertDraft {
  const threshold = below(config, "trafficDropRatio");
  const hour = (offset: string): string => overWindow(RECORDS.calls, "1h", 60, offset);
  const then = hour(" offset 1w");
  return {
    name: "IntercomClientTrafficDropped",
    severity: "warning",
    for: "15m",
    expr: allOf(
      compare(`${hour("")} / (${then} > 0)`, threshold),
      `${then} * 60 >= ${config.thresholds.minimumRequests}`,
    ),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: "{{ $labels.client }} calls Intercom far less than a week ago",
    description:
      "Calls in the last hour are at {{ $value | humanizePercentage }} of the same hour a week ago.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.callRate },
    identity: clientLabels(config),
    optIn: true,
    guidance: {
      errorCodes: [],
      queries: [
        { question: "Which services went quiet?", expr: `sum by (client, job) (${RECORDS.jobCalls})` },
        { question: "And a week ago?", expr: `sum by (client, job) (${RECORDS.jobCalls} offset 1w)` },
      ],
      spanFilters: [],
    },
  };
}

/** Alerts on how requests run: slow, repeated, hanging, missing. */
export function trafficAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [slow(config), retryStorm(config), stuck(config), dropped(config)];
}
