import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { interpolate, panelsOf } from "../dashboards/expressions.ts";
import { findBinary } from "../dashboards/find-binary.ts";
import { startTestPrometheus } from "../support/prometheus.ts";
import { findSource, SERVICES, STACK } from "./compose-file.ts";
import { startShop } from "./grafana-stack-shop.ts";

const PROMETHEUS = findBinary("prometheus");
const TIMEOUT = { timeout: 40_000, interval: 250 };

/** Starts Prometheus with the example's configuration and features; only addresses, paths and the pace differ. */
async function startStackPrometheus(shopPort: number): Promise<string> {
  const config = parse(readFileSync(`${STACK}prometheus.yml`, "utf8"));
  const [shop] = config.scrape_configs;
  const target = { ...shop, scrape_interval: "1s", static_configs: [{ targets: [`127.0.0.1:${shopPort}`] }] };
  const rules = join(findSource("prometheus", "/etc/prometheus/rules") ?? "not mounted", "*.yaml");
  const adapted = { global: config.global, rule_files: [rules], scrape_configs: [target] };
  const features = (SERVICES.prometheus?.command ?? []).filter((word) => word.startsWith("--enable-feature"));
  return (await startTestPrometheus(adapted, features)).url;
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
    const url = await startStackPrometheus(metricsPort);
    await vi.waitFor(async () => {
      for (const { expr } of targets) {
        const found = await queryExemplars(url, interpolate(expr));
        const known = found.filter((labels) => collector.spans.has(labels.span_id ?? ""));
        expect(known.length).toBeGreaterThan(3);
        for (const { trace_id, span_id = "" } of known)
          expect(collector.spans.get(span_id)?.traceId).toBe(trace_id);
      }
    }, TIMEOUT);
  });
});
