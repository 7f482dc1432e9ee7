import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GeneratedFile, Target } from "@intercom-telemetry/dashboards";
import { buildDashboards, buildRules, renderFiles } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { findBinary } from "./find-binary.ts";
import {
  ALERTMANAGER_CONFIG,
  CONFIG_MAP,
  GRAFANA_ALERTING,
  GRAFANA_DASHBOARD,
  PROMETHEUS_RULE,
} from "./manifest-shapes.ts";
import { inTemporaryFolder } from "./promtool.ts";
import type { Shape } from "./shape.ts";
import { shapeErrors } from "./shape.ts";

const files = (target: Target): readonly GeneratedFile[] =>
  renderFiles({ kubernetes: { namespace: "monitoring" } }, [target]);
const documents = (file: GeneratedFile | undefined): readonly unknown[] =>
  parseAllDocuments(file?.content ?? "").map((document) => document.toJS() as unknown);
const errorsOf = (shape: Shape, values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => shapeErrors(shape, value));

describe("Kubernetes manifests", () => {
  const [rule, maps] = files("kubernetes");

  it("fit the PrometheusRule CRD, and hold the same rules as the rule files", () => {
    expect(errorsOf(PROMETHEUS_RULE, documents(rule))).toEqual([]);
    expect(documents(rule)).toMatchObject([{ spec: { groups: buildRules().groups } }]);
  });

  it("would not fit with a field that the CRD does not know", () => {
    expect(
      shapeErrors(PROMETHEUS_RULE, {
        apiVersion: "v1",
        kind: "PrometheusRule",
        metadata: {},
        spec: {},
        more: 1,
      }),
    ).toEqual([
      'apiVersion: "v1" does not match /^monitoring\\.coreos\\.com\\/v1$/',
      "metadata.name: missing",
      "metadata.labels: missing",
      "spec.groups: missing",
      "more: unknown",
    ]);
  });

  it("hold one ConfigMap a dashboard, below the limit of a megabyte", () => {
    const all = documents(maps) as { readonly data: Readonly<Record<string, string>> }[];
    expect(errorsOf(CONFIG_MAP, all)).toEqual([]);
    expect(all.map(({ data }) => Object.values(data).map((json) => JSON.parse(json) as unknown))).toEqual(
      buildDashboards().map((dashboard) => [dashboard]),
    );
    for (const { data } of all) expect(JSON.stringify(data).length).toBeLessThan(1_000_000);
  });
});

describe("what operators and grafana.com take", () => {
  it("fits the GrafanaDashboard CRD, with the same dashboards", () => {
    const all = documents(files("grafana-operator")[0]) as { readonly spec: { readonly json: string } }[];
    expect(errorsOf(GRAFANA_DASHBOARD, all)).toEqual([]);
    expect(all.map(({ spec }) => JSON.parse(spec.json) as unknown)).toEqual(buildDashboards());
  });

  it("fits the AlertmanagerConfig CRD, with the same inhibitions as the snippet", () => {
    const [config] = documents(files("alertmanager-config")[0]) as {
      readonly spec: { readonly inhibitRules: readonly { readonly targetMatch: readonly unknown[] }[] };
    }[];
    expect(errorsOf(ALERTMANAGER_CONFIG, [config])).toEqual([]);
    const [snippet] = documents(files("alertmanager")[0]) as { readonly inhibit_rules: readonly unknown[] }[];
    expect(config?.spec.inhibitRules.length).toBe(snippet?.inhibit_rules.length);
  });

  const INPUT = `\${DS_PROMETHEUS}`;

  it("asks for a data source where a dashboard is imported", () => {
    for (const { content } of files("grafana-import")) {
      expect(JSON.parse(content)).toMatchObject({
        id: null,
        __inputs: [{ name: "DS_PROMETHEUS", pluginId: "prometheus" }],
        __requires: expect.arrayContaining([expect.objectContaining({ type: "grafana" })]),
        templating: {
          list: expect.arrayContaining([
            expect.objectContaining({
              name: "datasource",
              current: { text: INPUT, value: INPUT },
            }),
          ]),
        },
      });
    }
  });

  it("is a mixin that gives a reason for each exception", () => {
    const lint = files("mixin").find(({ path }) => path === "mixin/.lint");
    const [{ exclusions } = { exclusions: {} }] = documents(lint) as {
      readonly exclusions: Readonly<Record<string, { readonly reason: string }>>;
    }[];
    for (const { reason } of Object.values(exclusions)) expect(reason.length).toBeGreaterThan(10);
  });

  it("has runbooks with the thresholds of the configuration", () => {
    const runbooks = renderFiles({ thresholds: { slowRequestsRatio: 0.35 } }, ["runbooks"]);
    const slow = runbooks.find(({ path }) => path === "runbooks/IntercomClientSlowRequests.md");
    expect(slow?.content).toContain("> 35%, for 10m");
    expect(slow?.content).toContain("| `thresholds.slowRequestsRatio` | 0.35 (ratio)");
    expect(runbooks.map(({ path }) => path)).toContain("runbooks/error-codes.md");
  });
});

describe("Grafana's files", () => {
  it("provision alerts in the documented form, silent without data, with Grafana's own place for the value", () => {
    const [file] = files("grafana-alerting");
    expect(errorsOf(GRAFANA_ALERTING, documents(file))).toEqual([]);
    expect(file?.content).toContain("{{ $values.A.Value | humanizePercentage }}");
  });

  it("give each provisioned alert a distinct uid", () => {
    const uids = (files("grafana-alerting")[0]?.content.match(/ uid: .*/g) ?? []).map(String);
    expect(uids.length).toBe(24);
    expect(new Set(uids).size).toBe(24);
  });

  it("provision the dashboards as a folder and the data source with exemplars", () => {
    const [provider, datasource] = files("grafana").filter(({ path }) => path.includes("/provisioning/"));
    expect(documents(provider)).toMatchObject([
      { apiVersion: 1, providers: [{ type: "file", allowUiUpdates: false }] },
    ]);
    expect(documents(datasource)).toMatchObject([
      {
        datasources: [
          { jsonData: { timeInterval: "15s", exemplarTraceIdDestinations: [{ name: "trace_id" }] } },
        ],
      },
    ]);
  });
});

const AMTOOL = findBinary("amtool", "prometheus-alertmanager");

describe.skipIf(AMTOOL === undefined)(
  "Alertmanager's snippet (amtool, from the Debian package prometheus-alertmanager)",
  () => {
    it("is a configuration by itself", () => {
      const [file] = files("alertmanager");
      const { status, output } = inTemporaryFolder((folder) => {
        const path = join(folder, "alertmanager.yml");
        writeFileSync(path, file?.content ?? "");
        const { status, stdout, stderr } = spawnSync(AMTOOL ?? "amtool", ["check-config", path], {
          encoding: "utf8",
        });
        return { status, output: `${stdout}${stderr}` };
      });
      expect(output).toContain("8 inhibit rules");
      expect(status).toBe(0);
    });
  },
);
