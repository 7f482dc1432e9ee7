import { PANEL_IDS } from "../names/panel-ids.ts";
import { capacityPanels } from "../panels/capacity-panels.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import type { PanelKit } from "../panels/kit.ts";
import { quotaPanels } from "../panels/quota-panels.ts";
import { spenderPanels } from "../panels/spender-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layoutGrid } from "./layout.ts";
import { processVariables } from "./variables.ts";

const ids = PANEL_IDS.rateLimit;

/** How much of the quota is used, by whom, and when it will run out. */
export function buildRateLimit(kit: PanelKit): GrafanaDashboard {
  const { promql } = kit;
  return frameDashboard(promql.config, {
    key: "rateLimit",
    description:
      "Intercom counts requests in short windows that all processes of an app share. Everything about the quota is over all jobs, whatever job is selected above.",
    from: "now-6h",
    variables: processVariables(promql, "rateLimit"),
    annotations: buildAnnotations(promql),
    panels: layoutGrid(quotaPanels(kit), [
      { id: ids.spendersRow, title: "Who uses the quota", panels: spenderPanels(kit) },
      { id: ids.capacityRow, title: "Reset, capacity, blind spots", panels: capacityPanels(kit) },
    ]),
  });
}
