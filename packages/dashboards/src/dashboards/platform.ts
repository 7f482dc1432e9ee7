import type { ResolvedConfig } from "../config/options.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { platformPanels } from "../panels/platform-panels.ts";
import { firingAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layOut } from "./layout.ts";
import { probeVariables } from "./variables.ts";

/** Token, quota, clock and Intercom's own status, as the probe sees them. */
export function buildPlatform(config: ResolvedConfig): GrafanaDashboard {
  return frameDashboard(config, {
    key: "platform",
    description: "What `intercom-telemetry serve` sees from outside, without your services.",
    from: "now-6h",
    variables: probeVariables(config),
    annotations: firingAnnotations(),
    panels: layOut(platformPanels(config), []),
  });
}
