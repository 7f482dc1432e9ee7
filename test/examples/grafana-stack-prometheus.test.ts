import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parse, stringify } from "yaml";
import { interpolate, panelsOf } from "../dashboards/expressions.ts";
import { findBinary } from "../dashboards/find-binary.ts";
import { findSource, SERVICES, STACK } from "./compose-file.ts";
import { makeFolder, startShop } from "./grafana-stack-shop.ts";
import { findFreePorts } from "./program.ts";

const PROMETHEUS = findBinary("prometheus");
const PATIENCE = { timeout: 40_000, interval: 250 };

/** Starts Prometheus with the example's configuration and features; only addresses, paths and the pace differ. */
async function startPrometheus(shopPort: number): Promise<string> {
  const folder = makeFolder();
  const config = parse(readFileSync(`${STACK}prometheus.yml`, "utf8"));
  const [shop] = config.scrape_configs;
  const target = { ...shop, scrape_interval: "1s", static_configs: [{ targets: [`127.0.0.1:${shopPort}`] }] };
  const rules = join(findSource("prometheus", "/etc/prometheus/rules") ?? "not mounted", "*.yaml");
  const adapted = { global: config.global, rule_files: [rules], scrape_configs: [target] };
  writeFileSync(join(folder, "prometheus.yml"), stringify(adapted));
  const port = await findFreePorts();
  const features = (SERVICES.prometheus?.command ?? []).filter((word) => word.startsWith("--enable-feature"));
  const words = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(PROMETHEUS ?? "prometheus", [...features, ...words], { stdio: "ignore" });
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
  });
  return `http://127.0.0.1:${port}`;
}

type Exemplars = readonly {
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[];
}[];

/** Asks as Grafana does for the dots of a panel. */
async function queryExemplars(url: string, expr: string): Promise<Readonly<Record<string, string>>[]> {
  const epochSeconds = Date.now() / 1000;
  const query = `query=${encodeURIComponent(expr)}&start=${epochSeconds - 60}&end=${epochSeconds}`;
  const response = await fetch(`${url}/api/v1/query_exemplars?${query}`);
  const { data } = (await response.json()) as { readonly data: Exemplars };
  return data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels));
}

describe.skipIf(PROMETHEUS === undefined)("Prometheus with the configuration of the Grafana stack", () => {
  it("has, for each query of the latency panel, the traces that the collector got", async () => {
    const targets = buildDashboards().flatMap((dashboard) =>
      panelsOf(dashboard).flatMap((panel) => panel.targets.filter(({ exemplar }) => exemplar)),
    );
    expect(targets).toHaveLength(3);
    const { collector, metricsPort } = await startShop();
    const url = await startPrometheus(metricsPort);
    await vi.waitFor(async () => {
      for (const { expr } of targets) {
        const found = await queryExemplars(url, interpolate(expr));
        const known = found.filter((labels) => collector.spans.has(labels.span_id ?? ""));
        expect(known.length).toBeGreaterThan(3);
        for (const { trace_id, span_id = "" } of known)
          expect(collector.spans.get(span_id)?.traceId).toBe(trace_id);
      }
    }, PATIENCE);
  });
});
