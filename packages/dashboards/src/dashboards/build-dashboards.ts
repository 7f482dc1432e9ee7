import type { ResolvedConfig } from "../config/options.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import { buildOverview } from "./overview.ts";
import { buildPlatform } from "./platform.ts";
import { buildRateLimit } from "./rate-limit.ts";
import { buildSlo } from "./slo.ts";

/** The four dashboards, the overview first. */
export function assembleDashboards(config: ResolvedConfig): readonly GrafanaDashboard[] {
  return [buildOverview(config), buildRateLimit(config), buildSlo(config), buildPlatform(config)];
}
