import type { ResolvedConfig } from "../config/options.ts";
import { RECORDS } from "../promql/records.ts";
import { rawMetric } from "../promql/select.ts";
import { colorByName } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { OPERATION_SCOPE, RATE_INTERVAL } from "./scope.ts";
import { jobShare, jobsByClient, requestRate } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function outcomes(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.outcomes,
      title: "Requests by outcome",
      description:
        "Good is one colour. Failures that a retry can heal are Intercom's, the network's or the limit's; the others stay until somebody changes something.",
      queries: [
        { expr: requestRate(config, [], ['error_code=""']), legend: "succeeded" },
        { expr: requestRate(config, [], ['retryable="true"']), legend: "failed, a retry can help" },
        { expr: requestRate(config, [], ['retryable="false"']), legend: "failed, a retry cannot help" },
      ],
      unit: "reqps",
      noValue: "No requests",
      overrides: colorByName({
        succeeded: "green",
        "failed, a retry can help": "yellow",
        "failed, a retry cannot help": "red",
      }),
      columns: 12,
    },
    { stack: true },
  );
}

function statusClasses(config: ResolvedConfig): PanelSpec {
  const requests = rawMetric(config, "requests", [...OPERATION_SCOPE, 'status_code!=""']);
  const classes = `label_replace(rate(${requests}[${RATE_INTERVAL}]), "status_class", "\${1}xx", "status_code", "(.).*")`;
  return timeSeries(
    config,
    {
      id: ids.statusClasses,
      title: "Answers by status class",
      description:
        "Requests that got an answer. 4xx that grow are our side or the limit, 5xx are Intercom's. Requests without any answer are missing here: see the error codes below.",
      queries: [{ expr: `sum by (status_class) (${classes})`, legend: "{{status_class}}" }],
      unit: "reqps",
      noValue: "No answers",
      overrides: colorByName({ "2xx": "green", "3xx": "blue", "4xx": "yellow", "5xx": "red" }),
      columns: 12,
    },
    { stack: true },
  );
}

function retryRatio(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.retryRatio,
      title: "Share of requests that are retries",
      description:
        "A few per cent is healing at work. Above the line, most retries fail again and use up quota: slow down instead.",
      queries: [{ expr: jobShare(config, RECORDS.jobRetries, RECORDS.jobRequests), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(config.thresholds.retryRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function callRate(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.callRate,
    title: "Calls per second",
    description:
      "What the code asked for: requests without the retries. It should follow your own traffic; when it falls alone, something in front of Intercom has stopped.",
    queries: [{ expr: jobsByClient(config, RECORDS.jobCalls), legend: "{{client}}" }],
    unit: "reqps",
    noValue: "No calls",
    columns: 12,
  });
}

/** What is sent and how it ends. */
export function trafficPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [outcomes(config), statusClasses(config), retryRatio(config), callRate(config)];
}
