import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** One series of an instant query. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [epochSeconds: number, value: string];
}

/** A running Prometheus. */
export interface Prometheus {
  /** Result of an instant query; empty while it cannot answer. */
  query(expression: string): Promise<readonly QueryResult[]>;
}

/**
 * Starts a real Prometheus that scrapes the given ports of this machine each second. It ends with the test.
 *
 * @param program path of the executable.
 * @param port where it listens.
 */
export function startPrometheus(program: string, port: number, targetPorts: readonly number[]): Prometheus {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  const config = {
    global: { scrape_interval: "1s" },
    scrape_configs: [
      { job_name: "demo", static_configs: [{ targets: targetPorts.map((target) => `127.0.0.1:${target}`) }] },
    ],
  };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
  const child = spawn(
    program,
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    async query(expression) {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const response = await fetch(url).catch(() => undefined);
      if (!response?.ok) return [];
      const { data } = (await response.json()) as { data: { result: QueryResult[] } };
      return data.result;
    },
  };
}
