import { buildAlertingRules } from "../alerts/build-alerts.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { buildRecordingRules } from "../rules/build-recording-rules.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";

/** Rule files for Prometheus, Mimir's ruler or VictoriaMetrics' vmalert. */
export function prometheusFiles(config: ResolvedConfig): readonly GeneratedFile[] {
  return [
    yamlFile(
      "prometheus/intercom-client-recording-rules.yaml",
      ["List it under rule_files. The alerts and dashboards read what it records."],
      [{ groups: buildRecordingRules(config) }],
    ),
    yamlFile(
      "prometheus/intercom-client-alerts.yaml",
      ["List it under rule_files, beside intercom-client-recording-rules.yaml."],
      [{ groups: buildAlertingRules(config) }],
    ),
  ];
}
