import { PANEL_IDS } from "../names/panel-ids.ts";
import { failurePanels } from "../panels/failure-panels.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import type { PanelKit } from "../panels/kit.ts";
import { latencyPanels } from "../panels/latency-panels.ts";
import { overviewFirstScreen } from "../panels/overview-first-screen.ts";
import { processPanels } from "../panels/process-panels.ts";
import { telemetryPanels } from "../panels/telemetry-panels.ts";
import { trafficPanels } from "../panels/traffic-panels.ts";
import { buildAnnotations } from "./annotations.ts";
import { frameDashboard } from "./dashboard.ts";
import { layoutGrid } from "./layout.ts";
import { operationVariable, processVariables } from "./variables.ts";

const ids = PANEL_IDS.overview;

/** Is it Intercom, our quota, our token or our own code? */
export function buildOverview(kit: PanelKit): GrafanaDashboard {
  const { promql } = kit;
  return frameDashboard(promql.config, {
    key: "overview",
    description:
      "Says who has to act: Intercom, the service that uses the quota, the owner of the token, or our own code. The first screen shows whole jobs and ignores the instance and operation selected above; the rows below follow them.",
    from: "now-6h",
    variables: [...processVariables(promql, "info"), operationVariable(promql)],
    annotations: buildAnnotations(promql),
    panels: layoutGrid(overviewFirstScreen(kit), [
      { id: ids.failuresRow, title: "Failures", panels: failurePanels(kit) },
      { id: ids.trafficRow, title: "Traffic", panels: trafficPanels(kit) },
      { id: ids.latencyRow, title: "Latency", panels: latencyPanels(kit) },
      { id: ids.processRow, title: "Processes", panels: processPanels(kit) },
      { id: ids.telemetryRow, title: "Telemetry health", panels: telemetryPanels(kit) },
    ]),
  });
}
