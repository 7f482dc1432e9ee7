import type { ResolvedConfig } from "../config/options.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { sloPanels } from "../panels/slo-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layOut } from "./layout.ts";
import { processVariables } from "./variables.ts";

/** Whether calls succeed as often as they should, over days. */
export function buildSlo(config: ResolvedConfig): GrafanaDashboard {
  return frameDashboard(config, {
    key: "slo",
    description:
      "The objective for calls and its error budget, by client and over all jobs, whatever job is chosen above.",
    from: "now-7d",
    variables: processVariables(config, "info"),
    annotations: buildAnnotations(config),
    panels: layOut(sloPanels(config), []),
  });
}
