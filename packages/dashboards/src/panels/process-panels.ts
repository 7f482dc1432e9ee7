import { telemetryFailureShare } from "../alerts/telemetry-alerts.ts";
import { stuckProcesses } from "../alerts/traffic-alerts.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { rawMetric } from "../promql/select.ts";
import type { PanelSpec } from "./grafana.ts";
import { stat, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { PROCESS_SCOPE } from "./scope.ts";
import { outcomeShareOfJobs } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function inFlight(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.inFlight,
    title: "Requests in flight, by process",
    description:
      "Requests that have left and not ended. It should rise and fall with traffic; a line that stays up while traffic stops is a process that hangs.",
    queries: [
      {
        expr: `sum by (job, instance) (${rawMetric(config, "inFlight", PROCESS_SCOPE)})`,
        legend: "{{job}} {{instance}}",
      },
    ],
    unit: "short",
    decimals: 0,
    noValue: "No process",
    columns: 8,
  });
}

function stuck(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.stuck,
    title: "Processes whose requests never end",
    description:
      "Open requests for ten minutes and none that ended. None is good; restart the process, then set a time limit on its requests.",
    queries: [{ expr: stuckProcesses(config, PROCESS_SCOPE), legend: "{{client}}" }],
    unit: "short",
    noValue: "None",
    thresholds: redAbove(config.thresholds.stuckProcesses),
    columns: 8,
    rows: 8,
  });
}

function versions(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.versions,
      title: "Processes by version",
      description:
        "Which version of the instrumentation runs. Two at once for long is a roll-out that stopped.",
      queries: [
        {
          expr: `count by (job, version) (${rawMetric(config, "info", PROCESS_SCOPE)})`,
          legend: "{{job}} {{version}}",
        },
      ],
      unit: "short",
      decimals: 0,
      noValue: "No process",
      columns: 8,
    },
    { stack: true },
  );
}

/** The processes that call. */
export function processPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [inFlight(config), stuck(config), versions(config)];
}

interface SharePanel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly expr: string;
  readonly legend: string;
  readonly threshold: number;
}

function telemetryShare(config: ResolvedConfig, { expr, legend, threshold, ...rest }: SharePanel): PanelSpec {
  const content = {
    queries: [{ expr, legend }],
    unit: "percentunit",
    noValue: "No requests",
    columns: 8,
  };
  return timeSeries(
    config,
    { ...rest, ...content, thresholds: redAbove(threshold) },
    { thresholdLines: true },
  );
}

function jobs(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.jobs,
    title: "Processes that report, by job",
    description:
      "A line that ends is a job that nobody watches any more: check its targets in Prometheus before anything else.",
    queries: [{ expr: `count by (job) (${rawMetric(config, "info", PROCESS_SCOPE)})`, legend: "{{job}}" }],
    unit: "short",
    decimals: 0,
    noValue: "No process",
    columns: 24,
  });
}

/** Whether what the dashboards show can be believed. */
export function telemetryPanels(config: ResolvedConfig): readonly PanelSpec[] {
  const { thresholds } = config;
  return [
    telemetryShare(config, {
      id: ids.telemetryFailures,
      title: "Requests not recorded in full",
      description: "Should be zero. The callers do not notice, but the figures here are wrong by this share.",
      expr: telemetryFailureShare(config, ['job=~"$job"', 'instance=~"$instance"']),
      legend: "{{job}}",
      threshold: thresholds.telemetryFailureRatio,
    }),
    telemetryShare(config, {
      id: ids.unknownCodes,
      title: "Ended with an undocumented code",
      description:
        "Near zero. Spans keep the code itself: find it there and report it, so that it gets advice.",
      expr: outcomeShareOfJobs(config, ['error_code="other"']),
      legend: "{{client}}",
      threshold: thresholds.unknownErrorCodeRatio,
    }),
    telemetryShare(config, {
      id: ids.unmatchedOperations,
      title: "Sent to a path that is in no table",
      description:
        "Near zero. A typing error in a path, or a route that is not documented; spans have the redacted path.",
      expr: outcomeShareOfJobs(config, ['url_template="unmatched"']),
      legend: "{{client}}",
      threshold: thresholds.unmatchedOperationRatio,
    }),
    jobs(config),
  ];
}
