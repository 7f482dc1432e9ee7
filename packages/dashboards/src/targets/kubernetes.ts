import type { Model } from "../model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";
import { metadata } from "./metadata.ts";

function rules({ config, recordingRules, alertingRules }: Model): GeneratedFile {
  const document = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: metadata(config, "intercom-client", config.kubernetes.ruleLabels),
    spec: { groups: [...recordingRules, ...alertingRules] },
  };
  return yamlFile(
    "kubernetes/prometheus-rule.yaml",
    ["kubectl apply it where your Prometheus operator looks; kubernetes.ruleLabels are what it selects by."],
    [document],
  );
}

function dashboards({ config, ...model }: Model): GeneratedFile {
  const documents = model.dashboards.map((dashboard) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      ...metadata(config, dashboard.uid, config.kubernetes.dashboardLabels),
      // The folder annotation of the Grafana chart's sidecar.
      annotations: { grafana_folder: config.folder },
    },
    data: { [`${dashboard.uid}.json`]: `${JSON.stringify(dashboard)}\n` },
  }));
  return yamlFile(
    "kubernetes/dashboards-config-maps.yaml",
    ["kubectl apply it where Grafana's sidecar looks; kubernetes.dashboardLabels are what it selects by."],
    documents,
  );
}

/** A PrometheusRule for the operator, and ConfigMaps for Grafana's sidecar. */
export function kubernetesFiles(model: Model): readonly GeneratedFile[] {
  return [rules(model), dashboards(model)];
}
