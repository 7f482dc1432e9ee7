import type { Model } from "../model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";
import { metadata } from "./metadata.ts";

/** Dashboards for the Grafana operator. Source: https://grafana.github.io/grafana-operator/docs/api/ */
export function grafanaOperatorFiles({ config, dashboards }: Model): readonly GeneratedFile[] {
  const documents = dashboards.map((dashboard) => ({
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: metadata(config, dashboard.uid, {}),
    spec: {
      instanceSelector: { matchLabels: config.kubernetes.grafanaLabels },
      folder: config.folder,
      resyncPeriod: "10m",
      json: `${JSON.stringify(dashboard)}\n`,
    },
  }));
  return [
    yamlFile(
      "grafana-operator/dashboards.yaml",
      [
        "kubectl apply it where the Grafana operator looks; kubernetes.grafanaLabels are those of your Grafana object.",
      ],
      documents,
    ),
  ];
}
