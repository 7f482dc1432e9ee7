import type { Severity } from "../names/alert-names.ts";
import { FIRING } from "../names/alert-names.ts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { select } from "../promql/idioms.ts";
import type { FieldOverride, PanelSpec, Transformation, ValueMapping } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { toRunbook } from "./links.ts";

/** Colors of firing alerts, wherever they are shown. */
export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  critical: "red",
  warning: "orange",
  info: "blue",
};

const MILLISECONDS = 1000;

const SEVERITY_MAPPING: ValueMapping = {
  type: "value",
  options: Object.fromEntries(
    Object.entries(SEVERITY_COLORS).map(([name, color], index) => [name, { text: name, color, index }]),
  ),
};

function columnOverrides(kit: PanelKit): readonly FieldOverride[] {
  return [
    {
      matcher: { id: "byName", options: "Since" },
      properties: [{ id: "unit", value: "dateTimeAsLocalNoDateIfToday" }],
    },
    {
      matcher: { id: "byName", options: "Severity" },
      properties: [
        { id: "mappings", value: [SEVERITY_MAPPING] },
        { id: "custom.cellOptions", value: { type: "color-text" } },
        { id: "custom.width", value: 80 },
      ],
    },
    {
      matcher: { id: "byName", options: "Alert" },
      properties: [
        { id: "links", value: [toRunbook(kit.promql.config, "Alert")] },
        { id: "custom.minWidth", value: 240 },
      ],
    },
  ];
}

/** Columns in this order, the alert that fired last on top. */
function arrange(labels: readonly string[]): readonly Transformation[] {
  return [
    {
      id: "organize",
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries([...labels, "Value"].map((name, index) => [name, index])),
        renameByName: {
          severity: "Severity",
          alertname: "Alert",
          client: "Client",
          job: "Job",
          Value: "Since",
        },
      },
    },
    { id: "sortBy", options: { fields: {}, sort: [{ field: "Since", desc: true }] } },
  ];
}

/** Firing alerts by name, with whom they are about, since when, and what to do. */
export function firingTable(kit: PanelKit): PanelSpec {
  const since = select("ALERTS_FOR_STATE", FIRING.slice(0, 1));
  const firing = `${since} and ignoring (alertstate) ${select("ALERTS", FIRING)}`;
  const labels = ["severity", "alertname", ...kit.promql.config.groupLabels, "client", "job"];
  return kit.table(
    {
      id: PANEL_IDS.overview.firingAlerts,
      title: "Firing alerts",
      description:
        "Every alert of this package that fires now, whatever is selected above; its name links to what to do. Zero is good.",
      queries: [{ expr: `min by (${labels.join(", ")}) (${firing}) * ${MILLISECONDS}`, legend: "" }],
      unit: "none",
      noValue: "None",
      overrides: columnOverrides(kit),
      columns: 15,
      rows: 6,
    },
    arrange(labels),
  );
}
