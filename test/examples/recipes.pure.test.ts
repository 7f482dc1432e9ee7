import { readFileSync } from "node:fs";
import { METRICS } from "@intercom-telemetry/core/contract";
import { buildRules, type DashboardsConfig } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type CollectorFile, collectorErrors } from "./collector-schema.ts";
import type { Resource } from "./kubernetes-manifests.ts";
import { schemaErrors } from "./kubernetes-schemas.ts";
import { mimirErrors } from "./mimir-schema.ts";

interface ConfigFile {
  readonly dashboards: DashboardsConfig;
}

const read = <Content>(path: string): Content =>
  parse(readFileSync(new URL(`../../examples/${path}`, import.meta.url), "utf8"));

const COLLECTORS = ["collector-remote-write.yaml", "collector-scrape.yaml", "grafana-cloud.yaml"];

describe.each(COLLECTORS)("the Collector's %s", (name) => {
  const file = read<CollectorFile>(`otlp/${name}`);
  const pipelines = Object.values(file.service.pipelines);

  it("is what the components' documentation knows", () => {
    expect(collectorErrors(file)).toEqual([]);
  });

  it("uses each component that it configures, and configures each that it uses", () => {
    for (const kind of ["receivers", "processors", "exporters"] as const) {
      const used = pipelines.flatMap((pipeline) => pipeline[kind]);
      expect(new Set(used), kind).toEqual(new Set(Object.keys(file[kind])));
    }
    expect(file.service.extensions ?? []).toEqual(Object.keys(file.extensions ?? {}));
  });

  it("tells processes apart that send no identity, and leaves the identity of the others", () => {
    const identity = Object.entries(file.processors).find(([key]) => key.endsWith("/identity"));
    const text = JSON.stringify(identity);
    expect(text).toContain("service.instance.id");
    expect(text).toMatch(/"action":"insert"|\] == nil/);
    expect(pipelines.every(({ processors }) => processors.includes(identity?.[0] ?? ""))).toBe(true);
  });
});

it("the schema of the Collector refuses a key that nobody knows", () => {
  const file = read<CollectorFile>("otlp/collector-scrape.yaml");
  expect(
    collectorErrors({ ...file, exporters: { prometheus: { endpoint: "a:1", add_labels: true } } }),
  ).toEqual(["/exporters/prometheus: must NOT have additional properties"]);
});

it("Prometheus keeps the identity that the Collector's page has", () => {
  const file = read<{ scrape_configs: { honor_labels: boolean }[] }>("otlp/collector-scrape-prometheus.yaml");
  expect(file.scrape_configs.map(({ honor_labels }) => honor_labels)).toEqual([true]);
});

describe("the relabeling of VictoriaMetrics", () => {
  const rules =
    read<{ if: string; action?: string; regex: string; target_label?: string }[]>("otlp/relabel.yaml");

  it("touches no metric but ours", () => {
    expect(new Set(rules.map((rule) => rule.if))).toEqual(new Set(['{__name__=~"intercom_.+"}']));
  });

  it("drops no label of the contract, and none that tells targets apart", () => {
    const dropped = rules
      .filter(({ action }) => action === "labeldrop")
      .map(({ regex }) => new RegExp(`^(?:${regex})$`));
    expect(dropped).toHaveLength(1);
    const labels = new Set(Object.values(METRICS).flatMap((metric) => metric.labels));
    for (const label of [...labels, "job", "instance", "le", "cluster", "cloud_region"]) {
      expect(
        dropped.filter((regex) => regex.test(label)),
        label,
      ).toEqual([]);
    }
    for (const label of ["service.name", "process_pid", "scope.version", "telemetry.sdk.name", "host.name"]) {
      expect(
        dropped.every((regex) => regex.test(label)),
        label,
      ).toBe(true);
    }
  });
});

describe("the rulers", () => {
  const { dashboards: config } = read<ConfigFile>("scale/intercom-telemetry.yaml");
  const { groups } = buildRules(config);
  const mimir = read<{ limits: Record<string, number | string> }>("scale/mimir.yaml");

  it("of Mimir are configured with what its documentation knows, and take all of our groups", () => {
    expect(mimirErrors(mimir)).toEqual([]);
    const { ruler_max_rules_per_rule_group, ruler_max_rule_groups_per_tenant } = mimir.limits;
    const largest = Math.max(...groups.map(({ rules }) => rules.length));
    expect(largest).toBeLessThanOrEqual(Number(ruler_max_rules_per_rule_group));
    expect(groups.length).toBeLessThanOrEqual(Number(ruler_max_rule_groups_per_tenant));
  });

  it("of Mimir read several tenants only where its queriers may as well, or it would not start", () => {
    expect(mimirErrors({ ...mimir, tenant_federation: undefined })).toEqual([
      "/ruler/tenant_federation: requires /tenant_federation/enabled",
    ]);
  });

  it("of Mimir deduplicate by the label by which the agents' clusters differ", () => {
    expect(config.groupLabels).toContain(mimir.limits.ha_cluster_label);
  });

  it("of Thanos are a resource that the operator knows", () => {
    expect(schemaErrors(read<Resource>("scale/thanos-ruler.yaml"))).toEqual([]);
  });
});

it("both agents add the labels that the rules keep apart", () => {
  const { groupLabels = [] } = read<ConfigFile>("scale/intercom-telemetry.yaml").dashboards;
  for (const name of ["vmagent", "prometheus-agent"]) {
    const file = read<{ global: { external_labels: object } }>(`scale/${name}.yaml`);
    expect(Object.keys(file.global.external_labels), name).toEqual(groupLabels);
  }
});
