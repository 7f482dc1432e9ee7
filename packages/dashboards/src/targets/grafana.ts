import type { ResolvedConfig } from "../config/options.ts";
import type { Model } from "../model.ts";
import type { GrafanaDashboard } from "../panels/grafana.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";

const PROVISIONED_FOLDER = "/var/lib/grafana/dashboards/intercom-client";

/** A dashboard as its JSON file. */
function dashboardJson(dashboard: GrafanaDashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function provider(config: ResolvedConfig): GeneratedFile {
  const provider = {
    name: "intercom-client",
    orgId: 1,
    folder: config.folder,
    type: "file",
    disableDeletion: false,
    updateIntervalSeconds: 30,
    allowUiUpdates: false,
    options: { path: PROVISIONED_FOLDER },
  };
  return yamlFile(
    "grafana/provisioning/dashboards/intercom-client.yaml",
    [`Copy to Grafana's provisioning/dashboards, and the dashboards to ${PROVISIONED_FOLDER}.`],
    [{ apiVersion: 1, providers: [provider] }],
  );
}

function datasource(config: ResolvedConfig): GeneratedFile {
  const prometheus = {
    name: "Prometheus",
    type: "prometheus",
    uid: config.datasourceUid,
    access: "proxy",
    url: config.prometheusUrl,
    jsonData: {
      httpMethod: "POST",
      timeInterval: `${config.scrapeIntervalSeconds}s`,
      exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: config.tracesDatasourceUid }],
    },
  };
  return yamlFile(
    "grafana/provisioning/datasources/intercom-client.yaml",
    [
      "Copy to Grafana's provisioning/datasources, or add the exemplar destination to the data source you have.",
      "timeInterval must be the interval at which Prometheus scrapes.",
    ],
    [{ apiVersion: 1, datasources: [prometheus] }],
  );
}

/** Dashboards as files, with the provisioning that makes Grafana read them. */
export function grafanaFiles({ config, ...model }: Model): readonly GeneratedFile[] {
  const dashboards = model.dashboards.map((dashboard) => ({
    path: `grafana/dashboards/${dashboard.uid}.json`,
    content: dashboardJson(dashboard),
  }));
  return [...dashboards, provider(config), datasource(config)];
}
