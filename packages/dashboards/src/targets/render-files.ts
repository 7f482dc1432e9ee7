import type { DashboardsConfig } from "../config/options.ts";
import type { Model } from "../model.ts";
import { createModel } from "../model.ts";
import { alertmanagerFiles } from "./alertmanager.ts";
import { alertmanagerConfigFiles } from "./alertmanager-config.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { grafanaFiles } from "./grafana.ts";
import { grafanaAlertingFiles } from "./grafana-alerting.ts";
import { grafanaImportFiles } from "./grafana-import.ts";
import { grafanaOperatorFiles } from "./grafana-operator.ts";
import { kubernetesFiles } from "./kubernetes.ts";
import { mixinFiles } from "./mixin.ts";
import { prometheusFiles } from "./prometheus.ts";
import { runbookFiles } from "./runbooks.ts";

/** The ways in which the package can be installed. */
export const TARGETS = [
  "grafana",
  "grafana-import",
  "grafana-operator",
  "prometheus",
  "kubernetes",
  "grafana-alerting",
  "alertmanager",
  "alertmanager-config",
  "mixin",
  "runbooks",
] as const;

/** One way of installing. */
export type Target = (typeof TARGETS)[number];

const RENDERERS: Readonly<Record<Target, (model: Model) => readonly GeneratedFile[]>> = {
  grafana: grafanaFiles,
  "grafana-import": grafanaImportFiles,
  "grafana-operator": grafanaOperatorFiles,
  prometheus: prometheusFiles,
  kubernetes: kubernetesFiles,
  "grafana-alerting": grafanaAlertingFiles,
  alertmanager: alertmanagerFiles,
  "alertmanager-config": alertmanagerConfigFiles,
  mixin: mixinFiles,
  runbooks: runbookFiles,
};

/**
 * Renders the files of some targets (default: all). The same configuration always gives the same bytes.
 *
 * @throws TypeError when the configuration is wrong; the message names the key.
 */
export function renderFiles(
  config?: DashboardsConfig,
  targets: readonly Target[] = TARGETS,
): readonly GeneratedFile[] {
  const model = createModel(config);
  return TARGETS.filter((target) => targets.includes(target)).flatMap((target) => RENDERERS[target](model));
}
