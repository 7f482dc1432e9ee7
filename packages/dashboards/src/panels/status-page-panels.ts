import { PLATFORM_STATUS_VALUES } from "@intercom-telemetry/core/contract";
import { PANEL_IDS } from "../names/panel-ids.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.platform;

const STATUS_COLORS: Readonly<Record<keyof typeof PLATFORM_STATUS_VALUES, string>> = {
  unknown: "gray",
  operational: "green",
  under_maintenance: "blue",
  degraded_performance: "yellow",
  partial_outage: "orange",
  major_outage: "red",
};

/** How many incidents Intercom has open. */
export function incidents(kit: PanelKit): PanelSpec {
  return kit.stat({
    id: ids.incidents,
    title: "Open incidents",
    description:
      "On Intercom's status page. Not known when the page cannot be read, which says nothing about Intercom.",
    queries: [{ expr: `max(${kit.promql.raw("platformIncidents")})`, legend: "Incidents" }],
    unit: "short",
    noValue: "Not known",
    thresholds: redAbove(1),
    columns: 4,
  });
}

/** The state that Intercom reports for each component. */
export function components(kit: PanelKit): PanelSpec {
  const states = Object.entries(PLATFORM_STATUS_VALUES) as [keyof typeof PLATFORM_STATUS_VALUES, number][];
  const options = states.map(
    ([state, value], index) =>
      [String(value), { text: state.replaceAll("_", " "), color: STATUS_COLORS[state], index }] as const,
  );
  return kit.stateTimeline({
    id: ids.components,
    title: "Intercom's status by component",
    description:
      "What Intercom itself reports, often some minutes late. Trouble here while our failures grow: tell people and wait, do not deploy.",
    queries: [
      {
        expr: `max by (component, region) (${kit.promql.raw("platformStatus")})`,
        legend: "{{component}} {{region}}",
      },
    ],
    unit: "none",
    signed: true,
    noValue: "Status page not read",
    thresholds: [
      { color: "green", value: null },
      { color: "red", value: kit.promql.config.thresholds.platformSeverity },
    ],
    mappings: [{ type: "value", options: Object.fromEntries(options) }],
    columns: 24,
  });
}
