import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { NEWSWORTHY_MATCHER } from "../promql/categories.ts";
import { formatPercent, ratio, select } from "../promql/idioms.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { toDashboard } from "./links.ts";
import { jobShare, jobsByClient, recordedQuantile } from "./shares.ts";
import { orangeThenRed } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

/** The same for all figures, so that they can be read from two meters and compared. */
const FIGURE = { valuePixels: 34, namePixels: 14 };

function handledCalls(kit: PanelKit): PanelSpec {
  const { promql, stat, jobScope } = kit;
  const { slo, thresholds } = promql.config;
  const failed = promql.sum(
    "client",
    select(RECORDS.failedCallsByCategory, [...jobScope, NEWSWORTHY_MATCHER]),
  );
  return stat(
    {
      id: ids.handledCalls,
      title: "Calls that Intercom handled",
      description:
        "Share of calls over 5 minutes, whatever their number of retries. A record that is missing or already exists counts as handled; every other failure does not, a refused token included. Red: look at the verdict.",
      queries: [{ expr: `1 - ${ratio(failed, jobsByClient(kit, RECORDS.calls))}`, legend: "{{client}}" }],
      unit: "percentunit",
      max: 1,
      decimals: 1,
      noValue: "No calls",
      thresholds: [
        { color: "red", value: null },
        { color: "orange", value: 1 - thresholds.unauthorizedRatio },
        { color: "green", value: slo.objectiveRatio },
      ],
      columns: 5,
      rows: 4,
    },
    FIGURE,
  );
}

function failedElsewhere(kit: PanelKit): PanelSpec {
  const { slo, thresholds } = kit.promql.config;
  return kit.stat(
    {
      id: ids.failedElsewhere,
      title: "Failed, not our fault",
      description: `Share of calls that no retry healed, over 5 minutes. These spend the error budget; the objective allows ${formatPercent(1 - slo.objectiveRatio)}. Red is an outage: see the platform dashboard.`,
      queries: [{ expr: jobShare(kit, RECORDS.failedCalls, RECORDS.calls), legend: "{{client}}" }],
      unit: "percentunit",
      max: 1,
      decimals: 1,
      noValue: "No calls",
      thresholds: orangeThenRed(
        Number((1 - slo.objectiveRatio).toPrecision(12)),
        thresholds.unavailableRatio,
      ),
      links: [toDashboard(kit.promql.config, "slo", "Error budget")],
      columns: 5,
      rows: 4,
    },
    FIGURE,
  );
}

function latency(kit: PanelKit): PanelSpec {
  return kit.stat(
    {
      id: ids.latency,
      title: "p95 duration",
      description: `19 of 20 requests were faster, over 5 minutes; of few requests it says nothing and is left out. Searches are slow by nature: ${
        kit.promql.config.durationPerOperation ? "the latency row shows" : "your traces show"
      } which operations are.`,
      queries: [{ expr: recordedQuantile(kit, 0.95), legend: "{{client}}" }],
      unit: "s",
      noValue: "Few requests",
      columns: 4,
      rows: 4,
    },
    FIGURE,
  );
}

function rateLimited(kit: PanelKit): PanelSpec {
  return kit.stat(
    {
      id: ids.rateLimited,
      title: "429s a minute",
      description:
        "Requests refused because of a limit. A few that retries heal are fine. When they last, open the rate-limit dashboard: it tells own demand from somebody else's.",
      queries: [{ expr: `${jobsByClient(kit, RECORDS.rateLimited)} * 60`, legend: "{{client}}" }],
      unit: "short",
      decimals: 0,
      noValue: "No requests",
      links: [toDashboard(kit.promql.config, "rateLimit", "Rate limit")],
      columns: 5,
      rows: 4,
    },
    FIGURE,
  );
}

function quotaLeft({ promql, stat, clientScope }: PanelKit): PanelSpec {
  const tightRatio = Number((1 - promql.config.thresholds.windowEdgeRatio).toPrecision(6));
  const left = `${select(RECORDS.remaining, clientScope)} / ${select(RECORDS.limit, clientScope)}`;
  return stat(
    {
      id: ids.quotaLeft,
      title: "Quota left",
      description:
        "At the last response: what the process that saw least has left in its window, over all jobs. A sample of something that changes every second: a single red value means little, red most of the time means the quota is nearly used up.",
      queries: [{ expr: left, legend: "{{client}}" }],
      unit: "percentunit",
      max: 1,
      decimals: 0,
      noValue: "Not known",
      thresholds: [
        { color: "red", value: null },
        { color: "green", value: tightRatio },
      ],
      links: [toDashboard(promql.config, "rateLimit", "Rate limit")],
      columns: 5,
      rows: 4,
    },
    FIGURE,
  );
}

/** Five figures of one size. */
export function figures(kit: PanelKit): readonly PanelSpec[] {
  return [handledCalls(kit), failedElsewhere(kit), latency(kit), rateLimited(kit), quotaLeft(kit)];
}
