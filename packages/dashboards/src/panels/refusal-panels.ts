import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { ratio, select } from "../promql/idioms.ts";
import type { Signal } from "../signals/signal.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function refusalShares({ timeSeries, signals, jobScope }: PanelKit): readonly PanelSpec[] {
  const { unauthorized, forbidden, planRestricted } = signals;
  const steps = [unauthorized, forbidden, planRestricted].map(({ threshold }) => threshold?.value ?? 0);
  const marks = [...new Set(steps)].sort((a, b) => a - b);
  const share = (id: number, title: string, description: string, signal: Signal): PanelSpec =>
    timeSeries(
      {
        id,
        title,
        description,
        queries: [{ expr: signal.value("job", jobScope), legend: "{{client}} {{job}}" }],
        unit: "percentunit",
        noValue: "No requests",
        thresholds: redAbove(signal.threshold?.value ?? 0),
        columns: 12,
      },
      { thresholdLines: true },
    );
  return [
    timeSeries(
      {
        id: ids.refusals,
        title: "Refused: token, permission or plan",
        description:
          "Should be zero. These never heal by themselves: check the token, its permissions and the workspace's plan.",
        queries: [
          { expr: unauthorized.value("job", jobScope), legend: "{{client}} {{job}} token" },
          { expr: forbidden.value("job", jobScope), legend: "{{client}} {{job}} permission" },
          { expr: planRestricted.value("job", jobScope), legend: "{{client}} {{job}} plan" },
        ],
        unit: "percentunit",
        noValue: "No requests",
        thresholds: [{ color: "green", value: null }, ...marks.map((value) => ({ color: "red", value }))],
        columns: 12,
      },
      { thresholdLines: true },
    ),
    share(
      ids.invalidRatio,
      "Refused as invalid",
      "A low, steady share comes from what people type. A step at a deploy is a bug in how requests are built: roll back.",
      signals.invalidRequests,
    ),
    share(
      ids.notFoundRatio,
      "Ended with 404",
      "Lookups miss now and then. A step means that ids come from another workspace or that the base URL is wrong.",
      signals.notFound,
    ),
  ];
}

function conflicts({ promql, timeSeries, jobScope }: PanelKit): PanelSpec {
  const conflict = promql.sum(
    "job",
    select(RECORDS.outcomeRequests, [...jobScope, categoryMatcher("conflict")]),
  );
  return timeSeries({
    id: ids.conflictRatio,
    title: "Ended in a conflict",
    description:
      "A low share is normal where records are found or created. A rise means duplicates are sent: look for a job that runs twice.",
    queries: [
      {
        expr: ratio(conflict, promql.sum("job", select(RECORDS.requests, jobScope))),
        legend: "{{client}} {{job}}",
      },
    ],
    unit: "percentunit",
    noValue: "No requests",
    columns: 12,
  });
}

/** What Intercom refuses for a reason that only we can remove, and conflicts. */
export function refusalPanels(kit: PanelKit): readonly PanelSpec[] {
  return [...refusalShares(kit), conflicts(kit)];
}
