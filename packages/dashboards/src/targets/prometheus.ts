import type { Model } from "../model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";

/** Rule files for Prometheus, Mimir's ruler or VictoriaMetrics' vmalert. */
export function prometheusFiles({ recordingRules, alertingRules }: Model): readonly GeneratedFile[] {
  return [
    yamlFile(
      "prometheus/intercom-client-recording-rules.yaml",
      ["List it under rule_files. The alerts and dashboards read what it records."],
      [{ groups: recordingRules }],
    ),
    yamlFile(
      "prometheus/intercom-client-alerts.yaml",
      ["List it under rule_files, beside intercom-client-recording-rules.yaml."],
      [{ groups: alertingRules }],
    ),
  ];
}
