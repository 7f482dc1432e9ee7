import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalServer, startServer } from "./server.ts";

/** One series of an instant query. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [epochSeconds: number, value: string];
}

/** A running Prometheus. */
export interface LocalPrometheus extends LocalServer {
  /** Result of an instant query; empty while it cannot respond. */
  query(expression: string): Promise<readonly QueryResult[]>;
  /** What is wrong with rules that could not be evaluated, one line each. */
  failingRules(): Promise<readonly string[]>;
}

/** What it has to know. */
export interface PrometheusSettings {
  /** A separate folder; it may have blocks in `data`, see `writeBlocks`. */
  readonly folder: string;
  /** The content of `prometheus.yml`. */
  readonly config: unknown;
  /** Further flags, e.g. `--query.lookback-delta=5s`. */
  readonly flags?: readonly string[];
}

interface ReportedRule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

/** Starts a real Prometheus and waits until it is ready. */
export async function startPrometheus({
  folder,
  config,
  flags = [],
}: PrometheusSettings): Promise<LocalPrometheus> {
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, JSON.stringify(config));
  const server = await startServer("prometheus", [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    ...flags,
  ]);
  return {
    ...server,
    async query(expression) {
      const reply = await read(`${server.url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      return (reply as { data: { result: QueryResult[] } } | undefined)?.data.result ?? [];
    },
    async failingRules() {
      const reply = await read(`${server.url}/api/v1/rules`);
      const groups = (reply as { data: { groups: { rules: ReportedRule[] }[] } } | undefined)?.data.groups;
      if (!groups) return ["Prometheus does not say how its rules are"];
      const failing = groups.flatMap(({ rules }) => rules).filter(({ health }) => health === "err");
      return failing.map(({ name, lastError }) => `${name}: ${lastError}`);
    },
  };
}

/** Starts a real Prometheus in agent mode, which scrapes and hands on to a store, and waits until it is ready. */
export function startPrometheusAgent(folder: string, config: unknown): Promise<LocalServer> {
  const file = join(folder, "agent.yml");
  writeFileSync(file, JSON.stringify(config));
  const args = ["--agent", `--config.file=${file}`, `--storage.agent.path=${join(folder, "agent")}`];
  return startServer("prometheus", args);
}
