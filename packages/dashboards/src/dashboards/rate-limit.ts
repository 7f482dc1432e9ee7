import type { ResolvedConfig } from "../config/options.ts";
import { capacityPanels } from "../panels/capacity-panels.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { quotaPanels } from "../panels/quota-panels.ts";
import { spenderPanels } from "../panels/spender-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layOut } from "./layout.ts";
import { processVariables } from "./variables.ts";

const ids = PANEL_IDS.rateLimit;

/** How much of the quota is used, by whom, and when it will not do any more. */
export function buildRateLimit(config: ResolvedConfig): GrafanaDashboard {
  return frameDashboard(config, {
    key: "rateLimit",
    description:
      "Intercom counts requests in short windows that all processes of an app share. Figures by client are over all jobs, whatever job is chosen above.",
    from: "now-6h",
    variables: processVariables(config, "rateLimit"),
    annotations: buildAnnotations(config),
    panels: layOut(quotaPanels(config), [
      { id: ids.spendersRow, title: "Who spends", panels: spenderPanels(config) },
      { id: ids.capacityRow, title: "Reset, capacity, blind spots", panels: capacityPanels(config) },
    ]),
  });
}
