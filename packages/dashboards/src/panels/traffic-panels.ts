import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { colorByName } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { RATE_INTERVAL } from "./kit.ts";
import { jobsByClient, requestRate } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function outcomes(kit: PanelKit): PanelSpec {
  const { timeSeries } = kit;
  return timeSeries(
    {
      id: ids.outcomes,
      title: "Requests by outcome",
      description:
        "Good is one color. Failures that a retry can heal are Intercom's, the network's or the limit's; the others stay until somebody changes something.",
      queries: [
        { expr: requestRate(kit, [], ['error_code=""']), legend: "succeeded" },
        { expr: requestRate(kit, [], ['retryable="true"']), legend: "failed, a retry can help" },
        { expr: requestRate(kit, [], ['retryable="false"']), legend: "failed, a retry cannot help" },
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

function statusClasses(kit: PanelKit): PanelSpec {
  const { promql, timeSeries, operationScope } = kit;
  const requests = promql.raw("requests", [...operationScope, 'status_code!=""']);
  const classes = `label_replace(rate(${requests}[${RATE_INTERVAL}]), "status_class", "\${1}xx", "status_code", "(.).*")`;
  return timeSeries(
    {
      id: ids.statusClasses,
      title: "Responses by status class",
      description:
        "Requests that got a response. 4xx that grow are our side or the limit, 5xx are Intercom's. Requests without any response are missing here: see the error codes below.",
      queries: [{ expr: `sum by (status_class) (${classes})`, legend: "{{status_class}}" }],
      unit: "reqps",
      noValue: "No responses",
      overrides: colorByName({ "2xx": "green", "3xx": "blue", "4xx": "yellow", "5xx": "red" }),
      columns: 12,
    },
    { stack: true },
  );
}

function retryRatio(kit: PanelKit): PanelSpec {
  const { timeSeries, signals, jobScope } = kit;
  return timeSeries(
    {
      id: ids.retryRatio,
      title: "Share of requests that are retries",
      description:
        "A few percent is healing at work. Above the line, most retries fail again and use up quota: slow down instead.",
      queries: [{ expr: signals.retryStorm.value("job", jobScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(signals.retryStorm.threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function callRate(kit: PanelKit): PanelSpec {
  const { timeSeries } = kit;
  return timeSeries({
    id: ids.callRate,
    title: "Calls per second",
    description:
      "What the code asked for: requests without the retries. It should follow your own traffic; when it falls alone, something in front of Intercom has stopped.",
    queries: [{ expr: jobsByClient(kit, RECORDS.calls), legend: "{{client}}" }],
    unit: "reqps",
    noValue: "No calls",
    columns: 12,
  });
}

/** What is sent and how it ends. */
export function trafficPanels(kit: PanelKit): readonly PanelSpec[] {
  return [outcomes(kit), statusClasses(kit), retryRatio(kit), callRate(kit)];
}
