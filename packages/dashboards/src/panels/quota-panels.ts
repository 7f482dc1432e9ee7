import { formatPercent, rateLimitedShare, surfacedShare } from "../alerts/conditions.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { RECORDS } from "../promql/records.ts";
import { rawMetric, select } from "../promql/select.ts";
import { dashedLines, shadesOf } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import { heatmap, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE, PROCESS_SCOPE, RATE_INTERVAL } from "./scope.ts";
import { orangeThenRed, redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;
const scoped = (record: string): string => select(record, CLIENT_SCOPE);

function demand(config: ResolvedConfig): PanelSpec {
  const { windowEdgeRatio, forecastDemandRatio } = config.thresholds;
  return timeSeries(
    config,
    {
      id: ids.demand,
      title: "Demand as a share of the quota",
      description:
        "All requests of the client against what a window allows, from counters. Below the first line there is room; between the lines one burst closes a window; above the second, requests are refused.",
      queries: [{ expr: scoped(RECORDS.demand), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: orangeThenRed(windowEdgeRatio, Math.max(windowEdgeRatio, forecastDemandRatio)),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function tightWindows(config: ResolvedConfig): PanelSpec {
  const { tightWindowsRatio, windowEdgeRatio } = config.thresholds;
  return timeSeries(
    config,
    {
      id: ids.tightWindows,
      title: `Windows used to more than ${formatPercent(windowEdgeRatio)}`,
      description:
        "Share of the rate-limit windows in 15 minutes, as the process that saw most saw them. Occasional bursts are fine; above the line normal load uses the quota up: spread the work.",
      queries: [{ expr: scoped(RECORDS.tightWindows), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "Too few windows",
      thresholds: redAbove(tightWindowsRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function windowUsage(config: ResolvedConfig): PanelSpec {
  const buckets = rawMetric(config, "windowUsage", PROCESS_SCOPE, "_bucket");
  return heatmap(config, {
    id: ids.windowUsage,
    title: "How full the windows were",
    description:
      "Each closed window of each process, by the highest share of the quota seen in it. Colour near the top is what a scraped gauge does not show.",
    queries: [{ expr: `sum by (le) (increase(${buckets}[${RATE_INTERVAL}]))`, legend: "{{le}}" }],
    unit: "percentunit",
    noValue: "No windows",
    columns: 12,
  });
}

function remaining(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.remaining,
      title: "Requests left, at last answer",
      description:
        "One sample a scrape of something that falls and refills every window: look at the cloud of points, never at one of them. No alert rests on it.",
      queries: [
        { expr: scoped(RECORDS.remaining), legend: "{{client}} left" },
        { expr: scoped(RECORDS.limit), legend: "{{client}} limit" },
      ],
      unit: "short",
      noValue: "Quota not known",
      overrides: [dashedLines("B"), shadesOf("B", "red")],
      columns: 12,
    },
    { draw: "points" },
  );
}

function rateLimitedSharePanel(config: ResolvedConfig): PanelSpec {
  const { rateLimitedRatio, rateLimitedSevereRatio } = config.thresholds;
  return timeSeries(
    config,
    {
      id: ids.rateLimitedShare,
      title: "Share of requests answered with 429",
      description:
        "Retries heal a few. Above the first line work queues up, above the second it no longer drains. With demand low at the same time, somebody else spends the quota.",
      queries: [{ expr: rateLimitedShare(CLIENT_SCOPE), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: orangeThenRed(rateLimitedRatio, rateLimitedSevereRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function surfacedSharePanel(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.surfacedShare,
      title: "Calls that ended with a 429",
      description:
        "No retry healed them, so the caller got the error. Should be zero: wait for the reset before retrying, and slow down.",
      queries: [{ expr: surfacedShare(CLIENT_SCOPE), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "No calls",
      thresholds: redAbove(config.thresholds.rateLimitSurfacedRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

/** How near the limit is and what it costs. */
export function quotaPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [
    demand(config),
    tightWindows(config),
    windowUsage(config),
    remaining(config),
    rateLimitedSharePanel(config),
    surfacedSharePanel(config),
  ];
}
