import type { GrafanaDashboard } from "../panels/grafana.ts";
import type { PanelKit } from "../panels/kit.ts";
import { sloPanels } from "../panels/slo-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layoutGrid } from "./layout.ts";
import { processVariables } from "./variables.ts";

/** Whether calls succeed as often as they should, over days. */
export function buildSlo(kit: PanelKit): GrafanaDashboard {
  const { promql } = kit;
  return frameDashboard(promql.config, {
    key: "slo",
    description: "The objective for calls and its error budget, by client and job.",
    from: "now-7d",
    variables: processVariables(promql, "info"),
    annotations: buildAnnotations(promql),
    panels: layoutGrid(sloPanels(kit), []),
  });
}
