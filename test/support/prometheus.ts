import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalPrometheus, startPrometheus } from "@intercom-telemetry/local-prometheus";
import { onTestFinished } from "vitest";

/**
 * Starts a real Prometheus that ends with the test, and its data too.
 *
 * @param config the content of `prometheus.yml`.
 * @param flags further ones, e.g. `--enable-feature=exemplar-storage`.
 */
export async function startTestPrometheus(
  config: unknown,
  flags: readonly string[] = [],
): Promise<LocalPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const prometheus = await startPrometheus({ folder, config, flags });
  onTestFinished(() => prometheus.stop("SIGKILL"));
  return prometheus;
}

/** Configuration of a Prometheus that scrapes these targets (`host:port`) each second. */
export function scrapeEachSecond(job_name: string, targets: readonly string[]): unknown {
  return {
    global: { scrape_interval: "1s" },
    scrape_configs: [{ job_name, static_configs: [{ targets }] }],
  };
}
