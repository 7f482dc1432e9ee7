import { formatPercent } from "../alerts/conditions.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { failureRatioRecord, RECORDS } from "../promql/records.ts";
import { select } from "../promql/select.ts";
import { sloWindows } from "../rules/slo-rules.ts";
import { failedRequests } from "../rules/traffic-rules.ts";
import { shadesOf } from "./colors.ts";
import type { PanelSpec, ThresholdStep } from "./grafana.ts";
import { stat, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE } from "./scope.ts";

const ids = PANEL_IDS.slo;
const scoped = (record: string): string => select(record, CLIENT_SCOPE);
const HOURS_A_DAY = 24;

function budgetLeft(config: ResolvedConfig): PanelSpec {
  return stat(config, {
    id: ids.budgetLeft,
    title: `Error budget left over ${config.slo.periodDays} days`,
    description:
      "100% is untouched, 0% means the objective is just met, below 0% it is missed. When it runs low, stop risky deploys on this path. Up to an hour behind.",
    queries: [{ expr: scoped(RECORDS.budgetRemaining), legend: "{{client}}" }],
    unit: "percentunit",
    signed: true,
    decimals: 1,
    noValue: "No calls",
    thresholds: [
      { color: "red", value: null },
      { color: "orange", value: 0 },
      { color: "green", value: 0.25 },
    ],
    columns: 8,
  });
}

function objective(config: ResolvedConfig): PanelSpec {
  const { objectiveRatio, periodDays } = config.slo;
  const [failed, calls] = [scoped(RECORDS.failedCallsPerPeriod), scoped(RECORDS.callsPerPeriod)];
  return stat(config, {
    id: ids.objective,
    title: `Calls that succeeded in ${periodDays} days`,
    description: `The objective is ${formatPercent(objectiveRatio)}. Failed means an error of Intercom's side, of the network, or a rate limit that no retry healed; mistakes of the caller do not count.`,
    queries: [{ expr: `1 - ${failed} / (${calls} > 0)`, legend: "{{client}}" }],
    unit: "percentunit",
    max: 1,
    decimals: 3,
    noValue: "No calls",
    thresholds: [
      { color: "red", value: null },
      { color: "green", value: objectiveRatio },
    ],
    columns: 8,
  });
}

function coverage(config: ResolvedConfig): PanelSpec {
  const { periodDays } = config.slo;
  const hours = `count_over_time(${scoped(RECORDS.callsPerHour)}[${periodDays}d:1h])`;
  return stat(config, {
    id: ids.coverage,
    title: "Part of the period with data",
    description:
      "Below 100% the budget is computed from fewer days than it says: a new installation, or Prometheus keeps less than the period.",
    queries: [{ expr: `clamp_max(${hours} / ${periodDays * HOURS_A_DAY}, 1)`, legend: "{{client}}" }],
    unit: "percentunit",
    max: 1,
    decimals: 0,
    noValue: "No calls yet",
    columns: 8,
  });
}

function failureRatio(config: ResolvedConfig): PanelSpec {
  return timeSeries(config, {
    id: ids.failureRatio,
    title: "Failed calls by window",
    description:
      "The same failures over short and long windows. A short line above the long ones is getting worse, below them it is healing.",
    queries: sloWindows(config).map((window) => ({
      expr: scoped(failureRatioRecord(window)),
      legend: `{{client}} ${window}`,
    })),
    unit: "percentunit",
    noValue: "No calls",
    columns: 12,
  });
}

function burnRate(config: ResolvedConfig): PanelSpec {
  const budgetRatio = Number((1 - config.slo.objectiveRatio).toPrecision(12));
  const rates = Object.values(config.slo.burnRates);
  const colors = ["yellow", "orange", "red", "dark-red"];
  const factors = rates.map(({ factor }) => factor).sort((a, b) => a - b);
  const steps = factors.map((value, index): ThresholdStep => ({ color: colors[index] ?? "red", value }));
  return timeSeries(
    config,
    {
      id: ids.burnRate,
      title: "Burn rate",
      description:
        "How many times faster than allowed the budget goes; 1 spends exactly all of it. An alert fires when a window and its short companion are both above their line.",
      queries: rates.map(({ long, factor }) => ({
        expr: `${scoped(failureRatioRecord(long))} / ${budgetRatio}`,
        legend: `{{client}} ${long} (alert at ${factor})`,
      })),
      unit: "short",
      noValue: "No calls",
      thresholds: [{ color: "green", value: null }, ...steps],
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function events(config: ResolvedConfig): PanelSpec {
  const [calls, failed] = [scoped(RECORDS.callsPerHour), scoped(RECORDS.failedCallsPerHour)];
  return timeSeries(
    config,
    {
      id: ids.events,
      title: "Good and bad calls in the last hour",
      description: "The numbers behind the shares: with few calls, one bad one moves every line above.",
      queries: [
        { expr: `${calls} - ${failed}`, legend: "{{client}} good" },
        { expr: failed, legend: "{{client}} bad" },
      ],
      unit: "short",
      noValue: "No calls",
      overrides: [shadesOf("A", "green"), shadesOf("B", "red")],
      columns: 12,
    },
    { stack: true },
  );
}

function spendingCodes(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.spendingCodes,
      title: "What spends the budget",
      description:
        "Failed requests a minute by error code, before retries. The largest is where a fix pays most.",
      queries: [
        {
          expr: `sum by (error_code) (${failedRequests(config, CLIENT_SCOPE)}) * 60`,
          legend: "{{error_code}}",
        },
      ],
      unit: "short",
      noValue: "No failed requests",
      columns: 12,
    },
    { stack: true },
  );
}

/** The objective, its budget, and what spends it. */
export function sloPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [
    budgetLeft(config),
    objective(config),
    coverage(config),
    failureRatio(config),
    burnRate(config),
    events(config),
    spendingCodes(config),
  ];
}
