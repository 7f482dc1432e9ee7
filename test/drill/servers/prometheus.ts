import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildRules } from "@intercom-telemetry/dashboards";
import { type LocalPrometheus, startPrometheus } from "@intercom-telemetry/local-prometheus";
import { CLOCKS, type ClockName, DRILL_CONFIG } from "../time/clocks.ts";
import { scaleRules } from "../time/scale-rules.ts";

/** What a Prometheus whose time runs faster has to know. */
export interface DrillPrometheusSettings {
  readonly clock: ClockName;
  /** Scraped addresses, `host:port`, by job. */
  readonly targets: ReadonlyMap<string, string>;
  readonly alertmanagerAddress: string;
  /** A separate empty folder, or one with blocks in `data`. */
  readonly folder: string;
}

/** How long a sample counts as current: Prometheus's own five minutes, scaled by the slower factor in both clocks. */
const LOOK_BACK = "5s";

/** Starts a real Prometheus with the shipped rules, their durations scaled, and waits until it is ready. */
export function startDrillPrometheus(settings: DrillPrometheusSettings): Promise<LocalPrometheus> {
  const { clock, targets, alertmanagerAddress, folder } = settings;
  const { factor, intervalMilliseconds } = CLOCKS[clock];
  const { groups } = buildRules(DRILL_CONFIG);
  const rules = join(folder, "rules.yml");
  writeFileSync(rules, JSON.stringify({ groups: scaleRules(groups, factor) }));
  const interval = `${intervalMilliseconds}ms`;
  const config = {
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: interval,
      // Alerts say from whose clock they come.
      external_labels: { clock },
    },
    rule_files: [rules],
    alerting: {
      alertmanagers: [{ api_version: "v2", static_configs: [{ targets: [alertmanagerAddress] }] }],
    },
    scrape_configs: [...targets].map(([job_name, target]) => ({
      job_name,
      static_configs: [{ targets: target.split(",") }],
    })),
  };
  return startPrometheus({ folder, config, flags: [`--query.lookback-delta=${LOOK_BACK}`] });
}
