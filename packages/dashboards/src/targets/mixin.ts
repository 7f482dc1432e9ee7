import { stringify } from "yaml";
import type { Model } from "../model.ts";
import type { DashboardKey } from "../names/dashboards.ts";
import { DASHBOARD_KEYS } from "../names/dashboards.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { GENERATED_NOTICE } from "./generated-file.ts";

interface Exception {
  readonly reason: string;
  /** Default: all. */
  readonly dashboards?: readonly DashboardKey[];
}

/** Rules of Grafana's dashboard linter that are excluded on purpose, and why. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  "target-job-rule": {
    reason:
      "Recorded series of the quota are by client: all jobs of an app share it. Raw series of services are narrowed by job.",
  },
  "target-instance-rule": {
    reason:
      "The first screen reads series recorded by job, so that it is fast with hundreds of processes. Raw series of services are narrowed by instance.",
  },
  "target-rate-interval-rule": {
    reason:
      "Windows that belong to an alert are its own, so that the picture shows what the alert saw. All others use $__rate_interval.",
    dashboards: ["overview", "rateLimit", "platform"],
  },
  "template-job-rule": { reason: "The probe is one job.", dashboards: ["platform"] },
  "template-instance-rule": { reason: "The probe is one instance.", dashboards: ["platform"] },
};

function lint({ config }: Model): string {
  const exclusions = Object.fromEntries(
    Object.entries(EXCEPTIONS).map(([rule, { reason, dashboards = DASHBOARD_KEYS }]) => [
      rule,
      { reason, entries: dashboards.map((key) => ({ dashboard: config.dashboards[key].title })) },
    ]),
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
