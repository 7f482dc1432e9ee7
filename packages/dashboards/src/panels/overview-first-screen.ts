import type { ResolvedConfig } from "../config/options.ts";
import { FIRING, SEVERITY_COLORS } from "../dashboards/annotations.ts";
import { RECORDS } from "../promql/records.ts";
import { select } from "../promql/select.ts";
import { colorByName } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import { stat } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { responsibilityPanel } from "./responsibility-panel.ts";
import { CLIENT_SCOPE } from "./scope.ts";
import { jobShare, jobsByClient, recordedQuantile, recordedRequestCount } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

/** Twice as many names as elsewhere would shrink until nobody can read them. */
const SMALL_NAME_PIXELS = 12;

function successRatio(config: ResolvedConfig): PanelSpec {
  const { slo, thresholds } = config;
  return stat(config, {
    id: ids.successRatio,
    title: "Calls that succeed",
    description:
      "Share of calls, retries counted once, over 5 minutes. Green meets the objective. Orange spends the error budget: see the SLO dashboard. Red is an outage: look at whose move it is.",
    queries: [
      { expr: `1 - ${jobShare(config, RECORDS.jobFailedCalls, RECORDS.jobCalls)}`, legend: "{{client}}" },
    ],
    unit: "percentunit",
    max: 1,
    decimals: 2,
    noValue: "No calls",
    thresholds: [
      { color: "red", value: null },
      { color: "orange", value: 1 - thresholds.unavailableRatio },
      { color: "green", value: slo.objectiveRatio },
    ],
    columns: 4,
  });
}

function requestRatePanel(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.requestRate,
    title: "Requests per second",
    description:
      "Requests on the wire, retries included, over 5 minutes. Know your usual figure; a fall to nothing is as telling as a rise.",
    queries: [{ expr: jobsByClient(config, RECORDS.jobRequests), legend: "{{client}}" }],
    unit: "reqps",
    noValue: "No requests",
    columns: 4,
  });
}

function latency(config: ResolvedConfig): PanelSpec {
  return stat(
    config,
    {
      id: ids.latency,
      title: "p95 and count",
      description:
        "95th percentile: 19 of 20 requests were faster, over 5 minutes; of few requests the figure means little, so their number stands beside it. Searches are slow by nature: open the latency row to see which operations are.",
      queries: [
        { expr: recordedQuantile(config, 0.95), legend: "{{client}} p95" },
        { expr: recordedRequestCount(config), legend: "{{client}} count" },
      ],
      unit: "s",
      noValue: "No requests",
      overrides: [
        {
          matcher: { id: "byFrameRefID", options: "B" },
          properties: [
            { id: "unit", value: "short" },
            { id: "decimals", value: 0 },
          ],
        },
      ],
      columns: 4,
    },
    SMALL_NAME_PIXELS,
  );
}

function rateLimited(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.rateLimited,
    title: "429s a minute",
    description:
      "Requests refused because of a limit. A few that retries heal are fine. When they last, open the rate-limit dashboard: it tells own demand from somebody else's.",
    queries: [{ expr: `${jobsByClient(config, RECORDS.jobRateLimited)} * 60`, legend: "{{client}}" }],
    unit: "short",
    noValue: "No requests",
    columns: 4,
  });
}

function quotaLeft(config: ResolvedConfig): PanelSpec {
  const { remaining, limit } = RECORDS;
  const tightRatio = Number((1 - config.thresholds.windowEdgeRatio).toPrecision(6));
  return stat(config, {
    id: ids.quotaLeft,
    title: "Quota left",
    description:
      "At the last answer: what the process that saw least has left in its window, over all jobs. A sample of something that changes every second: red once is nothing, red most of the time means the quota is nearly used up.",
    queries: [
      { expr: `${select(remaining, CLIENT_SCOPE)} / ${select(limit, CLIENT_SCOPE)}`, legend: "{{client}}" },
    ],
    unit: "percentunit",
    max: 1,
    decimals: 0,
    noValue: "Not known",
    thresholds: [
      { color: "red", value: null },
      { color: "green", value: tightRatio },
    ],
    columns: 4,
  });
}

function firingAlerts(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.firingAlerts,
    title: "Firing alerts",
    description:
      "Alerts of this package that fire now, by severity, whatever is chosen above. Each carries a link to what to do.",
    queries: [{ expr: `count by (severity) (${select("ALERTS", FIRING)})`, legend: "{{severity}}" }],
    unit: "short",
    noValue: "None",
    thresholds: redAbove(1),
    overrides: colorByName(SEVERITY_COLORS),
    columns: 4,
  });
}

/** What an engineer on call sees first: six numbers and one picture. */
export function overviewFirstScreen(config: ResolvedConfig): readonly PanelSpec[] {
  return [
    successRatio(config),
    requestRatePanel(config),
    latency(config),
    rateLimited(config),
    quotaLeft(config),
    firingAlerts(config),
    responsibilityPanel(config),
  ];
}
