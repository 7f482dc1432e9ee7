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

/** Whether what the dashboards show is complete. */
export function telemetryPanels({
  promql,
  signals,
  timeSeries,
  stateTimeline,
  jobScope,
  processScope,
}: PanelKit): readonly PanelSpec[] {
  const { thresholds, groupLabels } = promql.config;
  const { shares, blindSpot, refusedLogins } = signals;
  // The instrumentation's own failures know no client.
  const withoutClient = processScope.filter((matcher) => !matcher.startsWith("client"));
  const jobs = jobScope.filter((matcher) => !matcher.startsWith("client"));
  const share = ({ expr, legend, threshold, ...rest }: Share): PanelSpec =>
    timeSeries(
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
  return [
    stateTimeline({
      id: ids.blindSpots,
      title: "Blind spots",
      description:
        "Why the numbers are incomplete, for each job. Empty is good; the runbook of IntercomClientBlindSpot says what each means.",
      queries: [
        {
          expr: `group by (${[...groupLabels, "job", "reason"].join(", ")}) (${blindSpot.value("job", jobs)})`,
          legend: "{{job}} {{reason}}",
        },
      ],
      unit: "none",
      noValue: "None",
      thresholds: [{ color: "orange", value: null }],
      columns: 12,
    }),
    timeSeries({
      id: ids.jobs,
      title: "Processes that report, by job",
      description:
        "A line that ends is a job that nobody watches any more: check its targets in Prometheus before anything else.",
      queries: [{ expr: `count by (job) (${promql.raw("info", processScope)})`, legend: "{{job}}" }],
      unit: "short",
      decimals: 0,
      noValue: "No process",
      columns: 12,
    }),
    share({
      id: ids.telemetryFailures,
      title: "Requests not recorded in full",
      description: "Should be zero. The callers do not notice, but the figures here are wrong by this share.",
      expr: shares.notRecorded(withoutClient),
      legend: "{{job}}",
      threshold: thresholds.telemetryFailureRatio,
    }),
    share({
      id: ids.unknownCodes,
      title: "Ended with an undocumented code",
      description:
        "Near zero. Spans keep the code itself: find it there and report it, so that it gets advice.",
      expr: shares.ofRequests(UNKNOWN_CODE_MATCHER, jobScope),
      legend: "{{client}} {{job}}",
      threshold: thresholds.unknownErrorCodeRatio,
    }),
    share({
      id: ids.unmatchedOperations,
      title: "Sent to an unknown operation",
      description:
        "Near zero. A typing error in a path, or an operation that is not documented; spans have the redacted path.",
      expr: shares.ofRequests(UNMATCHED_MATCHER, jobScope),
      legend: "{{client}} {{job}}",
      threshold: thresholds.unmatchedOperationRatio,
    }),
    timeSeries({
      id: ids.refusedLogins,
      title: "Refused log-ins at /metrics",
      description:
        "Zero is good. A few at each scrape are a scraper with an old password; many are somebody who guesses. Guessers are slowed by address, and a scraper that has logged in is always served.",
      queries: [{ expr: refusedLogins(withoutClient), legend: "{{job}} {{instance}}" }],
      unit: "short",
      decimals: 0,
      noValue: "No log-in asked for",
      thresholds: redAbove(1),
      columns: 6,
    }),
  ];
}
