import { budgetRatio, sloWindows } from "../config/slo.ts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { failureRatioRecord, RECORDS } from "../names/records.ts";
import { formatPercent, select, sumBy } from "../promql/idioms.ts";
import { shadesOf } from "./colors.ts";
import type { PanelSpec, ThresholdStep } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";

const ids = PANEL_IDS.slo;
const HOURS_A_DAY = 24;

const scoped = ({ jobScope }: PanelKit, record: string): string => select(record, jobScope);

function budgetLeft(kit: PanelKit): PanelSpec {
  return kit.stat({
    id: ids.budgetLeft,
    title: `Error budget left over ${kit.promql.config.slo.periodDays} days`,
    description:
      "100% is untouched, 0% means the objective is just met, below 0% it is missed. When it runs low, stop risky deploys on this path. Up to an hour behind.",
    queries: [{ expr: scoped(kit, RECORDS.budgetRemaining), legend: "{{client}} {{job}}" }],
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

function objective(kit: PanelKit): PanelSpec {
  const { objectiveRatio, periodDays } = kit.promql.config.slo;
  const [failed, calls] = [scoped(kit, RECORDS.failedCallsPerPeriod), scoped(kit, RECORDS.callsPerPeriod)];
  return kit.stat({
    id: ids.objective,
    title: `Calls that succeeded in ${periodDays} days`,
    description: `The objective is ${formatPercent(objectiveRatio)}. Failed means an error of Intercom's side, of the network, or a rate limit that no retry healed; mistakes of the caller do not count.`,
    queries: [{ expr: `1 - ${failed} / (${calls} > 0)`, legend: "{{client}} {{job}}" }],
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

function coverage(kit: PanelKit): PanelSpec {
  const { periodDays } = kit.promql.config.slo;
  const hours = `count_over_time(${scoped(kit, RECORDS.callsPerHour)}[${periodDays}d:1h])`;
  return kit.stat({
    id: ids.coverage,
    title: "Part of the period with data",
    description:
      "Below 100% the budget is computed from fewer days than it says: a new installation, or Prometheus keeps less than the period.",
    queries: [{ expr: `clamp_max(${hours} / ${periodDays * HOURS_A_DAY}, 1)`, legend: "{{client}} {{job}}" }],
    unit: "percentunit",
    max: 1,
    decimals: 0,
    noValue: "No calls yet",
    columns: 8,
  });
}

function failureRatio(kit: PanelKit): PanelSpec {
  return kit.timeSeries({
    id: ids.failureRatio,
    title: "Failed calls by window",
    description:
      "The same failures over short and long windows. A short line above the long ones is getting worse, below them it is healing.",
    queries: sloWindows(kit.promql.config.slo).map((window) => ({
      expr: scoped(kit, failureRatioRecord(window)),
      legend: `{{client}} {{job}} ${window}`,
    })),
    unit: "percentunit",
    noValue: "No calls",
    columns: 12,
  });
}

function burnRate(kit: PanelKit): PanelSpec {
  const budget = budgetRatio(kit.promql.config.slo);
  const rates = Object.values(kit.promql.config.slo.burnRates);
  const colors = ["yellow", "orange", "red"];
  const factors = rates.map(({ factor }) => factor).sort((a, b) => a - b);
  const steps = factors.map((value, index): ThresholdStep => ({ color: colors[index] ?? "red", value }));
  return kit.timeSeries(
    {
      id: ids.burnRate,
      title: "Burn rate",
      description:
        "How many times faster than allowed the budget goes; 1 spends exactly all of it. An alert fires when a window and its short companion are both above their line.",
      queries: rates.map(({ long, factor }) => ({
        expr: `${scoped(kit, failureRatioRecord(long))} / ${budget}`,
        legend: `{{client}} {{job}} ${long} (alert at ${factor})`,
      })),
      unit: "short",
      noValue: "No calls",
      thresholds: [{ color: "green", value: null }, ...steps],
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function events(kit: PanelKit): PanelSpec {
  const [calls, failed] = [scoped(kit, RECORDS.callsPerHour), scoped(kit, RECORDS.failedCallsPerHour)];
  return kit.timeSeries(
    {
      id: ids.events,
      title: "Good and bad calls in the last hour",
      description: "The numbers behind the shares: with few calls, one bad one moves every line above.",
      queries: [
        { expr: `${calls} - ${failed}`, legend: "{{client}} {{job}} good" },
        { expr: failed, legend: "{{client}} {{job}} bad" },
      ],
      unit: "short",
      noValue: "No calls",
      overrides: [shadesOf("A", "green"), shadesOf("B", "red")],
      columns: 12,
    },
    { stack: true },
  );
}

function spendingCodes(kit: PanelKit): PanelSpec {
  return kit.timeSeries(
    {
      id: ids.spendingCodes,
      title: "Failed calls per minute, by kind",
      description:
        "Calls that no retry healed. Only those of Intercom, the network and the quota spend the budget; the largest is where a fix pays most.",
      queries: [
        {
          expr: `${sumBy(["error_category"], scoped(kit, RECORDS.failedCallsByCategory))} * 60`,
          legend: "{{error_category}}",
        },
      ],
      unit: "short",
      noValue: "No failed calls",
      columns: 12,
    },
    { stack: true },
  );
}

/** The objective, its budget, and what spends it. */
export function sloPanels(kit: PanelKit): readonly PanelSpec[] {
  return [
    budgetLeft(kit),
    objective(kit),
    coverage(kit),
    failureRatio(kit),
    burnRate(kit),
    events(kit),
    spendingCodes(kit),
  ];
}
