import { SLOW_REQUEST_SECONDS } from "@intercom-telemetry/core/contract";
import { PANEL_IDS } from "../names/panel-ids.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { RATE_INTERVAL } from "./kit.ts";
import { liveQuantile } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function quantiles(kit: PanelKit): PanelSpec {
  const { promql, timeSeries } = kit;
  const byClient = promql.config.durationPerOperation
    ? ""
    : " All operations of a client: durations are recorded without them, so the variable Operation does not narrow this.";
  return timeSeries({
    id: ids.quantiles,
    title: "Duration: 50th, 95th and 99th percentile",
    description: `Time on the wire of one request. Dots are single requests: click one to open its trace. When all three rise together Intercom or the network is slow; when only the 99th does, look for one operation.${byClient}`,
    queries: [0.5, 0.95, 0.99].map((level) => ({
      expr: liveQuantile(kit, level),
      legend: `{{client}} p${level * 100}`,
      exemplar: true,
    })),
    unit: "s",
    noValue: "No requests",
    columns: 12,
  });
}

function heatmap(kit: PanelKit): PanelSpec {
  const { promql, heatmap, durationScope } = kit;
  const buckets = promql.raw("duration", durationScope, "_bucket");
  const byClient = promql.config.durationPerOperation
    ? ""
    : " All operations of a client: durations are recorded without them, so the variable Operation does not narrow this.";
  return heatmap({
    id: ids.heatmap,
    title: "Duration, all requests",
    description: `How durations are distributed. Two bands are two kinds of request; a band that moves up is a slowdown that a percentile may hide.${byClient}`,
    queries: [{ expr: `sum by (le) (increase(${buckets}[${RATE_INTERVAL}]))`, legend: "{{le}}" }],
    unit: "s",
    noValue: "No requests",
    columns: 12,
  });
}

function slowShare(kit: PanelKit): PanelSpec {
  const { timeSeries, signals, jobScope } = kit;
  return timeSeries(
    {
      id: ids.slowShare,
      title: `Share of requests slower than ${SLOW_REQUEST_SECONDS} s`,
      description:
        "Holds for few requests, where a percentile does not. Above the line: see which operations are slow, then ask for smaller pages or look at Intercom's status.",
      queries: [{ expr: signals.slowRequests.value("job", jobScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(signals.slowRequests.threshold?.value ?? 0),
      columns: 24,
    },
    { thresholdLines: true },
  );
}

/** How long requests take. */
export function latencyPanels(kit: PanelKit): readonly PanelSpec[] {
  return [quantiles(kit), heatmap(kit), slowShare(kit)];
}
