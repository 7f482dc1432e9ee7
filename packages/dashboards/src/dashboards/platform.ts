import type { GrafanaDashboard } from "../panels/grafana.ts";
import type { PanelKit } from "../panels/kit.ts";
import { platformPanels } from "../panels/platform-panels.ts";
import { firingAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layoutGrid } from "./layout.ts";
import { probeVariables } from "./variables.ts";

/** Token, quota, clock and Intercom's own status, as the probe sees them. */
export function buildPlatform(kit: PanelKit): GrafanaDashboard {
  const { promql } = kit;
  return frameDashboard(promql.config, {
    key: "platform",
    description: "What `intercom-telemetry serve` sees from outside, without your services.",
    from: "now-6h",
    variables: probeVariables(promql),
    annotations: firingAnnotations(),
    panels: layoutGrid(platformPanels(kit), []),
  });
}
