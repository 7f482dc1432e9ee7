import { PANEL_IDS } from "../names/panel-ids.ts";
import { UNKNOWN_CODE_MATCHER, UNMATCHED_MATCHER } from "../signals/blind-spots.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

interface Share {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly expr: string;
  readonly legend: string;
  readonly threshold: number;
}

function share({ timeSeries }: PanelKit, { expr, legend, threshold, ...rest }: Share): PanelSpec {
  return timeSeries(
    {
      ...rest,
      queries: [{ expr, legend }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(threshold),
      columns: 6,
    },
    { thresholdLines: true },
  );
}

/** The instrumentation's own failures, and those of its page, know no client. */
const withoutClient = (scope: readonly string[]): readonly string[] =>
  scope.filter((matcher) => !matcher.startsWith("client"));

function blindSpots({ promql, signals, stateTimeline, jobScope }: PanelKit): PanelSpec {
  const { groupLabels } = promql.config;
  return stateTimeline({
    id: ids.blindSpots,
    title: "Blind spots",
    description:
      "Why the numbers are incomplete, for each job. Empty is good; the runbook of IntercomClientBlindSpot says what each means.",
    queries: [
      {
        expr: `group by (${[...groupLabels, "job", "reason"].join(", ")}) (${signals.blindSpot.value("job", withoutClient(jobScope))})`,
        legend: "{{job}} {{reason}}",
      },
    ],
    unit: "none",
    noValue: "None",
    thresholds: [{ color: "orange", value: null }],
    columns: 12,
  });
}

function jobs({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  return timeSeries({
    id: ids.jobs,
    title: "Processes that report, by job",
    description:
      "A line that ends is a job that nobody watches any more: check its targets in Prometheus before anything else.",
    queries: [{ expr: `count by (job) (${promql.raw("info", processScope)})`, legend: "{{job}}" }],
    unit: "short",
    decimals: 0,
    noValue: "No process",
    columns: 12,
  });
}

function telemetryFailures(kit: PanelKit): PanelSpec {
  const { promql, signals, processScope } = kit;
  return share(kit, {
    id: ids.telemetryFailures,
    title: "Requests not recorded in full",
    description: "Should be zero. The callers do not notice, but the figures here are wrong by this share.",
    expr: signals.shares.notRecorded(withoutClient(processScope)),
    legend: "{{job}}",
    threshold: promql.config.thresholds.telemetryFailureRatio,
  });
}

function unknownCodes(kit: PanelKit): PanelSpec {
  const { promql, signals, jobScope } = kit;
  return share(kit, {
    id: ids.unknownCodes,
    title: "Ended with an undocumented code",
    description:
      "Near zero. Spans keep the code itself: find it there and report it, so that it gets advice.",
    expr: signals.shares.ofRequests(UNKNOWN_CODE_MATCHER, jobScope),
    legend: "{{client}} {{job}}",
    threshold: promql.config.thresholds.unknownErrorCodeRatio,
  });
}

function unmatchedOperations(kit: PanelKit): PanelSpec {
  const { promql, signals, jobScope } = kit;
  return share(kit, {
    id: ids.unmatchedOperations,
    title: "Sent to an unknown operation",
    description:
      "Near zero. A typing error in a path, or an operation that is not documented; spans have the redacted path.",
    expr: signals.shares.ofRequests(UNMATCHED_MATCHER, jobScope),
    legend: "{{client}} {{job}}",
    threshold: promql.config.thresholds.unmatchedOperationRatio,
  });
}

function refusedLogins({ signals, timeSeries, processScope }: PanelKit): PanelSpec {
  return timeSeries({
    id: ids.refusedLogins,
    title: "Refused log-ins at /metrics",
    description:
      "Zero is good. A few at each scrape are a scraper with an old password; many are somebody who guesses. Guessers are slowed by address, and a scraper that has logged in is always served.",
    queries: [{ expr: signals.refusedLogins(withoutClient(processScope)), legend: "{{job}} {{instance}}" }],
    unit: "short",
    decimals: 0,
    noValue: "No log-in asked for",
    thresholds: redAbove(1),
    columns: 6,
  });
}

/** Whether what the dashboards show is complete. */
export function telemetryPanels(kit: PanelKit): readonly PanelSpec[] {
  return [
    blindSpots(kit),
    jobs(kit),
    telemetryFailures(kit),
    unknownCodes(kit),
    unmatchedOperations(kit),
    refusedLogins(kit),
  ];
}
