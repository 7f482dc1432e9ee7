import { PANEL_IDS } from "../names/panel-ids.ts";
import { RESPONSIBILITIES } from "../promql/categories.ts";
import { VERDICT_COLORS } from "../signals/verdict.ts";
import { colorByName, colorByPattern } from "./colors.ts";
import { errorTable } from "./error-table.ts";
import { figures } from "./figures.ts";
import { firingTable } from "./firing-table.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { requestsByResponsibility } from "./shares.ts";

const ids = PANEL_IDS.overview;

function verdict({ stat, signals, jobScope }: PanelKit): PanelSpec {
  return stat(
    {
      id: ids.verdict,
      title: "Who has to act now",
      description:
        "The largest share of failures, by the limits of the alerts. Intercom: wait, and tell people. Our quota: slow down. Our token: replace or extend it, retries cannot help. Our code: look at what was deployed last. Nobody: all is in order.",
      queries: [{ expr: signals.verdict(jobScope), legend: "{{verdict}}" }],
      unit: "percentunit",
      noValue: "No calls seen",
      overrides: colorByPattern(VERDICT_COLORS),
      columns: 9,
      rows: 6,
    },
    { namePixels: 40, nameOnly: true },
  );
}

function responsibility(kit: PanelKit): PanelSpec {
  const colors = Object.fromEntries(RESPONSIBILITIES.map(({ who, color }) => [who, color]));
  return kit.timeSeries(
    {
      id: ids.responsibility,
      title: "All requests, failures by who has to act",
      description:
        "Failures are stacked on the requests that succeeded, so a growing color is a growing share. Intercom or the network: wait. Our quota: open the rate-limit dashboard. Our token or plan: replace or extend it. Our code or data: look at what was deployed last.",
      queries: [{ expr: requestsByResponsibility(kit), legend: "{{whose}}" }],
      unit: "reqpm",
      noValue: "No requests",
      overrides: colorByName({ Succeeded: "green", ...colors }),
      columns: 24,
      rows: 7,
    },
    { stack: true },
  );
}

/** What an engineer on call sees first: who, what, what now. */
export function overviewFirstScreen(kit: PanelKit): readonly PanelSpec[] {
  return [verdict(kit), firingTable(kit), ...figures(kit), responsibility(kit), errorTable(kit)];
}
