import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { ratio, select } from "../promql/idioms.ts";
import type { Signal } from "../signals/signal.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import type { PanelContent } from "./panel.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function refusals({ timeSeries, signals, jobScope }: PanelKit): PanelSpec {
  const { unauthorized, forbidden, planRestricted } = signals;
  const steps = [unauthorized, forbidden, planRestricted].map(({ threshold }) => threshold?.value ?? 0);
  const marks = [...new Set(steps)].sort((a, b) => a - b);
  return timeSeries(
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
  );
}

/** How large a share of requests a signal is about, with the line at which it alerts. */
function share(
  { timeSeries, jobScope }: PanelKit,
  { value, threshold }: Signal,
  content: Pick<PanelContent, "id" | "title" | "description">,
): PanelSpec {
  return timeSeries(
    {
      ...content,
      queries: [{ expr: value("job", jobScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function invalidRatio(kit: PanelKit): PanelSpec {
  return share(kit, kit.signals.invalidRequests, {
    id: ids.invalidRatio,
    title: "Refused as invalid",
    description:
      "A low, steady share comes from what people type. A step at a deploy is a bug in how requests are built: roll back.",
  });
}

function notFoundRatio(kit: PanelKit): PanelSpec {
  return share(kit, kit.signals.notFound, {
    id: ids.notFoundRatio,
    title: "Ended with 404",
    description:
      "Lookups miss now and then. A step means that ids come from another workspace or that the base URL is wrong.",
  });
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
  return [refusals(kit), invalidRatio(kit), notFoundRatio(kit), conflicts(kit)];
}
