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

const RULES_FILE = "recording-rules.json";
const ALERTS_FILE = "alerts.json";

const json = (groups: unknown): string => `${JSON.stringify({ groups }, null, 2)}\n`;

/** Groups are added with `+`, so that the rules of other mixins beside this one stay. */
function libsonnet({ dashboards }: Model): string {
  const imports = dashboards.map(
    ({ uid }) => `    '${uid}.json': import '../grafana/dashboards/${uid}.json',`,
  );
  return `// ${GENERATED_NOTICE}
// Write the target grafana beside it: it reads the dashboards from there.
{
  grafanaDashboards+:: {
${imports.join("\n")}
  },
  prometheusRules+:: { groups+: (import '${RULES_FILE}').groups },
  prometheusAlerts+:: { groups+: (import '${ALERTS_FILE}').groups },
}
`;
}

/**
 * A jsonnet mixin over the dashboards' files, with its exceptions for the dashboard linter. Its rules are JSON, which is
 * jsonnet too: the YAML reader of the C++ jsonnet ends with an error at a string of several lines.
 */
export function mixinFiles(model: Model): readonly GeneratedFile[] {
  return [
    { path: "mixin/mixin.libsonnet", content: libsonnet(model) },
    { path: `mixin/${RULES_FILE}`, content: json(model.recordingRules) },
    { path: `mixin/${ALERTS_FILE}`, content: json(model.alertingRules) },
    { path: "mixin/.lint", content: lint(model) },
  ];
}
