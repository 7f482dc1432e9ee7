import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findBinary } from "../dashboards/find-binary.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, promtool } from "../dashboards/promtool.ts";
import { findSource, MOUNTS, readStackFile, SERVICES } from "./compose-file.ts";

interface DataSource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly jsonData?: {
    readonly timeInterval: string;
    readonly exemplarTraceIdDestinations: readonly {
      readonly name: string;
      readonly datasourceUid: string;
    }[];
  };
}

/** The program's file, as the container sees it. */
const readMounted = (service: string, path: string): string =>
  readFileSync(findSource(service, path) ?? "not mounted", "utf8");
const hostOf = (url: string | undefined): string => new URL(url ?? "").host;

const dataSources = MOUNTS.filter(({ target }) => target.includes("/provisioning/datasources/")).flatMap(
  ({ source }) => (parse(readFileSync(source, "utf8")) as { readonly datasources: DataSource[] }).datasources,
);
const dataSource = (type: string): DataSource | undefined => dataSources.find((each) => each.type === type);

describe("Grafana in the stack", () => {
  const provider = parse(readMounted("grafana", "/etc/grafana/provisioning/dashboards/intercom-client.yaml"));
  const folder = findSource("grafana", provider.providers[0].options.path) ?? "";
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

  it("finds the four dashboards where the provider looks, all of which take any Prometheus data source", () => {
    expect(texts).toHaveLength(4);
    for (const text of texts) {
      const uids = [...text.matchAll(/"datasource": \{[^}]*"uid": "([^"]*)"/g)].map(([, uid]) => uid);
      expect(uids.length).toBeGreaterThan(10);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variable.
      expect(new Set(uids)).toEqual(new Set(["${datasource}"]));
      expect(JSON.parse(text).templating.list[0]).toMatchObject({ type: "datasource", query: "prometheus" });
    }
    expect(dataSources.filter(({ type }) => type === "prometheus")).toHaveLength(1);
  });

  it("leads from the exemplars of Prometheus to Tempo", () => {
    const destinations = dataSource("prometheus")?.jsonData?.exemplarTraceIdDestinations;
    expect(destinations).toEqual([{ name: "trace_id", datasourceUid: dataSource("tempo")?.uid }]);
    const panels = texts.flatMap((text) => text.match(/"exemplar": true/g) ?? []);
    expect(panels.length).toBeGreaterThan(0);
    expect(SERVICES.prometheus?.command).toContain("--enable-feature=exemplar-storage");
  });
});

describe("Prometheus in the stack", () => {
  const path = "/etc/prometheus/prometheus.yml";
  const config = parse(readMounted("prometheus", path)) as {
    readonly global: { readonly scrape_interval: string };
    readonly alerting: { readonly alertmanagers: readonly { readonly static_configs: unknown }[] };
    readonly scrape_configs: readonly { readonly static_configs: unknown }[];
  };

  it("scrapes at the interval that the dashboards are made for", () => {
    expect(config.global.scrape_interval).toBe(dataSource("prometheus")?.jsonData?.timeInterval);
  });

  it("scrapes the shop and the probe, and knows Alertmanager", () => {
    const { serve } = readStackFile("intercom-telemetry.yaml") as {
      readonly serve: { readonly metrics: { readonly port: number } };
    };
    const { metrics } = serve;
    expect(SERVICES.probe?.network_mode).toBe("service:shop");
    expect(config.scrape_configs.map(({ static_configs }) => static_configs)).toEqual([
      [{ targets: ["shop:9464"] }],
      [{ targets: [`shop:${metrics.port}`] }],
    ]);
    expect(config.alerting.alertmanagers).toEqual([{ static_configs: [{ targets: ["alertmanager:9093"] }] }]);
    expect(hostOf(dataSource("prometheus")?.url)).toBe("prometheus:9090");
  });

  describe.skipIf(PROMTOOL === undefined)(needsPromtool("promtool"), () => {
    it("takes the configuration with the shipped rules beside it", () => {
      const { code, output } = inTemporaryFolder((folder) => {
        for (const { source, target } of MOUNTS.filter(({ service }) => service === "prometheus")) {
          cpSync(source, `${folder}${target}`, { recursive: true });
        }
        return promtool(["check", "config", "--lint=all", "--lint-fatal", `${folder}${path}`]);
      });
      expect(output.match(/SUCCESS: \d+ rules found/g)).toHaveLength(2);
      expect(code, output).toBe(0);
    });
  });
});

const AMTOOL = findBinary("amtool", "prometheus-alertmanager");

describe.skipIf(AMTOOL === undefined)("Alertmanager in the stack (amtool)", () => {
  it("takes the shipped routes as its whole configuration", () => {
    const file = findSource("alertmanager", "/etc/alertmanager/alertmanager.yml") ?? "not mounted";
    const { status, stderr } = spawnSync(AMTOOL ?? "amtool", ["check-config", file], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
  });
});

describe("the way of a span", () => {
  interface Collector {
    readonly receivers: {
      readonly otlp: { readonly protocols: { readonly http: { readonly endpoint: string } } };
    };
    readonly processors: Readonly<Record<string, unknown>>;
    readonly exporters: Readonly<Record<string, { readonly endpoint: string }>>;
    readonly service: {
      readonly pipelines: Readonly<
        Record<string, Readonly<Record<"receivers" | "processors" | "exporters", string[]>>>
      >;
    };
  }
  const collector = readStackFile("otel-collector.yaml") as Collector;
  const tempo = readStackFile("tempo.yaml") as {
    readonly server: { readonly http_listen_port: number };
    readonly distributor: { readonly receivers: Collector["receivers"] };
  };
  const portOf = ({ otlp }: Collector["receivers"]): string =>
    otlp.protocols.http.endpoint.replace("0.0.0.0", "");

  it("goes through pipelines that use all that is defined, and nothing else", () => {
    for (const kind of ["receivers", "processors", "exporters"] as const) {
      const used = Object.values(collector.service.pipelines).flatMap((pipeline) => pipeline[kind]);
      expect(used).toEqual(Object.keys(collector[kind]));
    }
  });

  it("starts at the shop, passes the collector, and ends in Tempo, port by port", () => {
    const endpoint = SERVICES.shop?.environment?.OTEL_EXPORTER_OTLP_ENDPOINT;
    expect(hostOf(endpoint)).toBe(`otel-collector${portOf(collector.receivers)}`);
    expect(hostOf(collector.exporters.otlp_http?.endpoint)).toBe(
      `tempo${portOf(tempo.distributor.receivers)}`,
    );
    expect(hostOf(dataSource("tempo")?.url)).toBe(`tempo:${tempo.server.http_listen_port}`);
  });

  it("meets a Tempo that is set up with the keys of version 3 only", () => {
    // ingester, compactor and their clients are gone since 3.0: Tempo refuses a file that has them.
    expect(Object.keys(tempo)).toEqual(["server", "distributor", "storage", "usage_report"]);
    // The check that Tempo brings along asks this port.
    expect(tempo.server.http_listen_port).toBe(3200);
    expect(dirname(findSource("tempo", "/etc/tempo.yaml") ?? "")).toMatch(/grafana-stack$/);
  });
});
