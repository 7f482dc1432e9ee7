import type { GrafanaDashboard, Panel } from "@intercom-telemetry/dashboards";
import type { ShownPanel } from "./dashboard-page.ts";

/** Colored pixels that one line across a narrow panel has. */
const PICTURE_PIXELS = 200;

function panelsOf(dashboard: GrafanaDashboard): readonly Panel[] {
  return dashboard.panels.flatMap((entry) =>
    entry.type === "row" ? entry.panels : [entry],
  ) as readonly Panel[];
}

/** What is wrong with a panel, in words; empty when it has a title, a picture and a number, or says why not. */
function findFaults(panel: Panel, shown: ShownPanel | undefined): readonly string[] {
  if (shown === undefined) return [`${panel.title}: not in the page`];
  const faults: string[] = [];
  const shownText = [shown.text, ...shown.summary, shown.notice].join("\n");
  if (shown.title !== panel.title) faults.push(`title "${shown.title}"`);
  if (/No data|NaN|undefined|null/.test(shownText)) faults.push(`says "${shownText}"`);
  if (shown.notice !== "") {
    if (shown.notice !== panel.fieldConfig.defaults.noValue) faults.push(`says "${shown.notice}"`);
    return faults.map((fault) => `${panel.title}: ${fault}`);
  }
  if (!/\d|Accepted|Refused|operational/.test(shownText)) faults.push("no number");
  const isText = panel.type === "stat" || panel.type === "table";
  if (isText ? shown.text.trim() === "" : shown.pixels < PICTURE_PIXELS)
    faults.push(`${shown.pixels} pixels`);
  return faults.map((fault) => `${panel.title}: ${fault}`);
}

/** What is wrong with the panels of a dashboard, in words. */
export function findPanelFaults(
  dashboard: GrafanaDashboard,
  shown: readonly ShownPanel[],
): readonly string[] {
  return panelsOf(dashboard).flatMap((panel) =>
    findFaults(
      panel,
      shown.find(({ id }) => id === panel.id),
    ),
  );
}
