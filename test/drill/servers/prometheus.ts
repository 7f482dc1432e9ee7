import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildRules } from "@intercom-telemetry/dashboards";
import { CLOCKS, type ClockName, DRILL_CONFIG } from "../time/clocks.ts";
import { scaleRules } from "../time/scale-rules.ts";
import { waitUntil } from "../time/wait-until.ts";
import { findFreePort, startProcess } from "./child-process.ts";

/** One series of an instant query. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [epochSeconds: number, value: string];
}

/** A Prometheus whose time runs faster. */
export interface DrillPrometheus {
  /** Result of an instant query; empty while it cannot answer. */
  query(expression: string): Promise<readonly QueryResult[]>;
  /** What is wrong with rules that could not be evaluated, one line each. */
  failingRules(): Promise<readonly string[]>;
  /** Rejects when it ends by itself. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

/** What it has to know. */
export interface PrometheusSettings {
  readonly clock: ClockName;
  /** Scraped addresses, `host:port`, by job. */
  readonly targets: ReadonlyMap<string, string>;
  readonly alertmanagerPort: number;
  /** An empty folder of its own, or one with blocks in `data`. */
  readonly folder: string;
}

/** How long a sample counts as current: Prometheus's own five minutes, scaled by the slower factor in both clocks. */
const LOOK_BACK = "5s";
const LONGEST_START_SECONDS = 60;

function writeConfig({ clock, targets, alertmanagerPort, folder }: PrometheusSettings): string {
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
      alertmanagers: [
        { api_version: "v2", static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] },
      ],
    },
    scrape_configs: [...targets].map(([job_name, target]) => ({
      job_name,
      static_configs: [{ targets: [target] }],
    })),
  };
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, JSON.stringify(config));
  return file;
}

interface ReportedRule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}

/** Starts a real Prometheus with the shipped rules, their durations scaled, and waits until it is ready. */
export async function startPrometheus(settings: PrometheusSettings): Promise<DrillPrometheus> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = startProcess("prometheus", [
    `--config.file=${writeConfig(settings)}`,
    `--storage.tsdb.path=${join(settings.folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--query.lookback-delta=${LOOK_BACK}`,
  ]);
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`).catch(() => undefined);
    return response?.ok ? response.json() : undefined;
  };
  const isReady = async (): Promise<true | undefined> =>
    (await fetch(`${origin}/-/ready`).catch(() => undefined))?.ok ? true : undefined;
  await Promise.race([waitUntil("Prometheus is ready", LONGEST_START_SECONDS, isReady), server.died]);
  return {
    async query(expression) {
      const answer = await read(`/api/v1/query?query=${encodeURIComponent(expression)}`);
      return (answer as { data: { result: QueryResult[] } } | undefined)?.data.result ?? [];
    },
    async failingRules() {
      const answer = await read("/api/v1/rules");
      const groups = (answer as { data: { groups: { rules: ReportedRule[] }[] } } | undefined)?.data.groups;
      if (!groups) return ["Prometheus does not say how its rules are"];
      const failing = groups.flatMap(({ rules }) => rules).filter(({ health }) => health === "err");
      return failing.map(({ name, lastError }) => `${name}: ${lastError}`);
    },
    died: server.died,
    stop: () => server.stop(),
  };
}
