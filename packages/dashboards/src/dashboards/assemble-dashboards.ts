import type { GrafanaDashboard } from "../panels/grafana.ts";
import { createKit } from "../panels/kit.ts";
import type { Promql } from "../promql/promql.ts";
import type { Signals } from "../signals/signals.ts";
import { buildOverview } from "./overview.ts";
import { buildPlatform } from "./platform.ts";
import { buildRateLimit } from "./rate-limit.ts";
import { buildSlo } from "./slo.ts";

/** The four dashboards, the overview first. */
export function assembleDashboards(promql: Promql, signals: Signals): readonly GrafanaDashboard[] {
  const kit = createKit(promql, signals);
  return [buildOverview(kit), buildRateLimit(kit), buildSlo(kit), buildPlatform(kit)];
}
