import { SLOW_REQUEST_SECONDS } from "@intercom-telemetry/core/contract";
import { slowShare } from "../alerts/traffic-alerts.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { clientLabels, rawMetric } from "../promql/select.ts";
import type { PanelSpec } from "./grafana.ts";
import { heatmap, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { JOB_SCOPE, OPERATION_SCOPE, RATE_INTERVAL } from "./scope.ts";
import { liveQuantile } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function quantiles(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.quantiles,
    title: "Duration: 50th, 95th and 99th percentile",
    description:
      "Time on the wire of one request. Dots are single requests: click one to open its trace. When all three rise together Intercom or the network is slow; when only the 99th does, look for one operation.",
    queries: [0.5, 0.95, 0.99].map((level) => ({
      expr: liveQuantile(config, level),
      legend: `{{client}} p${level * 100}`,
      exemplar: true,
    })),
    unit: "s",
    noValue: "No requests",
    columns: 12,
  });
}

function durationHeatmap(config: ResolvedConfig): PanelSpec {
  const buckets = rawMetric(config, "duration", OPERATION_SCOPE, "_bucket");
  return heatmap(config, {
    id: ids.heatmap,
    title: "Duration, all requests",
    description:
      "Where the requests lie. Two bands are two kinds of request; a band that moves up is a slowdown that a percentile may hide.",
    queries: [{ expr: `sum by (le) (increase(${buckets}[${RATE_INTERVAL}]))`, legend: "{{le}}" }],
    unit: "s",
    noValue: "No requests",
    columns: 12,
  });
}

function slowSharePanel(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.slowShare,
      title: `Share of requests slower than ${SLOW_REQUEST_SECONDS} s`,
      description:
        "Holds for few requests, where a percentile does not. Above the line: see which operations are slow, then ask for smaller pages or look at Intercom's status.",
      queries: [{ expr: slowShare(clientLabels(config), JOB_SCOPE), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(config.thresholds.slowRequestsRatio),
      columns: 24,
    },
    { thresholdLines: true },
  );
}

/** How long requests take. */
export function latencyPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [quantiles(config), durationHeatmap(config), slowSharePanel(config)];
}
