import { stringify } from "yaml";
import type { Model } from "../model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { GENERATED_NOTICE } from "./generated-file.ts";

/** Rules of Grafana's dashboard linter that are broken on purpose, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "target-job-rule":
    "Recorded series of the quota are by client: all jobs of an app share it. Raw series are narrowed by job.",
  "target-instance-rule":
    "The first screen reads series recorded by job, so that it is fast with hundreds of processes. Raw series are narrowed by instance.",
  "target-rate-interval-rule":
    "Windows that belong to an alert are its own, so that the picture shows what the alert saw. All others use $__rate_interval.",
  "template-job-rule": "The platform dashboard shows the probe, which is one job.",
  "template-instance-rule": "The platform dashboard shows the probe, which is one instance.",
};

function lint({ dashboards }: Model): string {
  const entries = dashboards.map(({ title }) => ({ dashboard: title }));
  const exclusions = Object.fromEntries(
    Object.entries(EXCEPTIONS).map(([rule, reason]) => [rule, { reason, entries }]),
  );
  return `# ${GENERATED_NOTICE}\n${stringify({ exclusions, warnings: {} }, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function libsonnet({ dashboards }: Model): string {
  const imports = dashboards.map(
    ({ uid }) => `    '${uid}.json': import '../grafana/dashboards/${uid}.json',`,
  );
  return `// ${GENERATED_NOTICE}
// Write the targets grafana and prometheus beside it: it reads their files.
{
  grafanaDashboards+:: {
${imports.join("\n")}
  },
  prometheusRules+:: std.parseYaml(importstr '../prometheus/intercom-client-recording-rules.yaml'),
  prometheusAlerts+:: std.parseYaml(importstr '../prometheus/intercom-client-alerts.yaml'),
}
`;
}

/** A jsonnet mixin over the files of the other targets, with its exceptions for the dashboard linter. */
export function mixinFiles(model: Model): readonly GeneratedFile[] {
  return [
    { path: "mixin/mixin.libsonnet", content: libsonnet(model) },
    { path: "mixin/.lint", content: lint(model) },
  ];
}
