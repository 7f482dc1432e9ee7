import type { ResolvedConfig } from "../config/options.ts";
import { failurePanels } from "../panels/failure-panels.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { latencyPanels } from "../panels/latency-panels.ts";
import { overviewFirstScreen } from "../panels/overview-first-screen.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { processPanels, telemetryPanels } from "../panels/process-panels.ts";
import { trafficPanels } from "../panels/traffic-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layOut } from "./layout.ts";
import { operationVariable, processVariables } from "./variables.ts";

const ids = PANEL_IDS.overview;

/** Is it Intercom, our quota, our token or our own code? */
export function buildOverview(config: ResolvedConfig): GrafanaDashboard {
  return frameDashboard(config, {
    key: "overview",
    description:
      "Tells in ten seconds whether Intercom, the quota, the token or our own code is the problem. The first screen shows whole jobs and ignores the instance and operation chosen above; the rows below follow them.",
    from: "now-6h",
    variables: [...processVariables(config, "info"), operationVariable(config)],
    annotations: buildAnnotations(config),
    panels: layOut(overviewFirstScreen(config), [
      { id: ids.trafficRow, title: "Traffic", panels: trafficPanels(config) },
      { id: ids.failuresRow, title: "Failures", panels: failurePanels(config) },
      { id: ids.latencyRow, title: "Latency", panels: latencyPanels(config) },
      { id: ids.processRow, title: "Processes", panels: processPanels(config) },
      { id: ids.telemetryRow, title: "Can these figures be believed?", panels: telemetryPanels(config) },
    ]),
  });
}
