import type { ResolvedConfig } from "../config/options.ts";
import { colorByName } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { requestsByResponsibility } from "./shares.ts";

/** No green among them: each is a failure. */
const RESPONSIBILITY_COLORS = {
  "Intercom or the network": "purple",
  "Our quota": "blue",
  "Our token or plan": "red",
  "Our code or data": "yellow",
  Unknown: "gray",
};

/** Failed requests by who can do something about them. */
export function responsibilityPanel(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: PANEL_IDS.overview.responsibility,
      title: "Failed requests, by whose move it is",
      description:
        "The colour that grows says where to look. Intercom or the network: check the platform dashboard and wait. Our quota: open the rate-limit dashboard. Our token or plan: replace or extend it, retries cannot help. Our code or data: look at what was deployed last.",
      queries: [{ expr: requestsByResponsibility(), legend: "{{whose}}" }],
      unit: "reqpm",
      noValue: "No failed requests",
      overrides: colorByName(RESPONSIBILITY_COLORS),
      columns: 24,
    },
    { stack: true },
  );
}
