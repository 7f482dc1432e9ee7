import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { formatPercent, ratio, select } from "../promql/idioms.ts";
import { dashedLines, shadesOf } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { RATE_INTERVAL } from "./kit.ts";
import { orangeThenRed, redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;

function demand({ promql, timeSeries, clientScope }: PanelKit): PanelSpec {
  const { windowEdgeRatio } = promql.config.thresholds;
  return timeSeries(
    {
      id: ids.demand,
      title: "Demand as a share of the quota",
      description:
        "All requests of the client against what a window allows, from counters, over 5 minutes. Below the first line there is room; between the lines one burst closes a window; above the second, requests are refused.",
      queries: [{ expr: select(RECORDS.demand, clientScope), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: orangeThenRed(windowEdgeRatio, 1),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function tightWindows({ promql, signals, timeSeries, jobScope }: PanelKit): PanelSpec {
  const { windowEdgeRatio } = promql.config.thresholds;
  return timeSeries(
    {
      id: ids.tightWindows,
      title: `Windows used to more than ${formatPercent(windowEdgeRatio)}`,
      description:
        "Share of the rate-limit windows in 15 minutes, as the process that saw most saw them. Occasional bursts are fine; above the line normal load uses the quota up: spread the work.",
      queries: [{ expr: select(RECORDS.tightWindows, jobScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "Too few windows",
      thresholds: redAbove(signals.windowsTight.threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function windowUsage({ promql, heatmap, processScope }: PanelKit): PanelSpec {
  const buckets = promql.raw("windowUsage", processScope, "_bucket");
  return heatmap({
    id: ids.windowUsage,
    title: "How full the windows were",
    description:
      "Each closed window of each process, by the highest share of the quota seen in it. Color near the top is what a scraped gauge does not show.",
    queries: [{ expr: `sum by (le) (increase(${buckets}[${RATE_INTERVAL}]))`, legend: "{{le}}" }],
    unit: "percentunit",
    noValue: "No windows",
    columns: 12,
  });
}

function remaining({ timeSeries, clientScope }: PanelKit): PanelSpec {
  return timeSeries(
    {
      id: ids.remaining,
      title: "Requests left, at the last response",
      description:
        "One sample per scrape of a value that falls and refills in every window: look at the cloud of points, never at a single one. No alert uses it.",
      queries: [
        { expr: select(RECORDS.remaining, clientScope), legend: "{{client}} left" },
        { expr: select(RECORDS.limit, clientScope), legend: "{{client}} limit" },
      ],
      unit: "short",
      noValue: "Quota not known",
      overrides: [dashedLines("B"), shadesOf("B", "red")],
      columns: 12,
    },
    { draw: "points" },
  );
}

function rateLimitedShare(kit: PanelKit): PanelSpec {
  const { promql, signals, timeSeries, jobScope } = kit;
  const { rateLimitedRatio, rateLimitedSevereRatio } = promql.config.thresholds;
  return timeSeries(
    {
      id: ids.rateLimitedShare,
      title: "Share of requests that got a 429",
      description:
        "Retries heal a few. Above the first line work queues up, above the second it no longer drains. Look below for what others use before you slow down.",
      queries: [{ expr: signals.rateLimited.value("job", jobScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: orangeThenRed(rateLimitedRatio, rateLimitedSevereRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function surfacedShare(kit: PanelKit): PanelSpec {
  const { promql, timeSeries, jobScope } = kit;
  const surfaced = promql.sum(
    "job",
    select(RECORDS.failedCallsByCategory, [...jobScope, categoryMatcher("rate_limit")]),
  );
  return timeSeries({
    id: ids.surfacedShare,
    title: "Calls that ended with a 429",
    description:
      "No retry healed them, so the caller got the error. Should be zero: wait for the reset before retrying, and slow down. They spend the error budget.",
    queries: [
      {
        expr: ratio(surfaced, promql.sum("job", select(RECORDS.calls, jobScope))),
        legend: "{{client}} {{job}}",
      },
    ],
    unit: "percentunit",
    noValue: "No calls",
    columns: 12,
  });
}

/** How near the limit is and what it costs. */
export function quotaPanels(kit: PanelKit): readonly PanelSpec[] {
  return [
    demand(kit),
    tightWindows(kit),
    windowUsage(kit),
    remaining(kit),
    rateLimitedShare(kit),
    surfacedShare(kit),
  ];
}
