import { readFileSync } from "node:fs";
import type { ErrorDescription } from "@intercom-telemetry/core/facts";
import { ALL_ERRORS, INTERCOM_ERRORS, TRANSPORT_ERRORS } from "@intercom-telemetry/core/facts";
import { THRESHOLDS } from "@intercom-telemetry/dashboards";
import { markdownTable } from "@intercom-telemetry/guards/markdown";
import { createModel } from "../../dashboards/src/model.ts";
import { describeThreshold } from "../../dashboards/src/runbooks/render-runbook.ts";
import { type CommandDescription, listCommands } from "./list-commands.ts";
import { attributesTable, code, metricsTable, optionsTable } from "./tables.ts";

const RUNBOOKS = "../../dashboards/runbooks";

/** The first sentence of a runbook. */
function meaningOf(alert: string): string {
  const text = readFileSync(new URL(`../../dashboards/runbooks/${alert}.md`, import.meta.url), "utf8");
  const paragraph = /## Meaning\n\n([\s\S]*?)\n\n/.exec(text)?.[1];
  if (paragraph === undefined) throw new Error(`${alert}.md: expected a section Meaning`);
  return paragraph.replace(/\s+/g, " ").split(/(?<=\.) (?=[A-Z])/)[0] ?? "";
}

function alertsTable(): string {
  const alerts = createModel().allAlerts.flatMap((group) => group.alerts);
  const rows = alerts.map((alert) => [
    `[${alert.name}](${RUNBOOKS}/${alert.name}.md)`,
    alert.optIn ? `${alert.severity}, off by default` : alert.severity,
    `${describeThreshold(alert)} for ${alert.for}`,
    meaningOf(alert.name),
  ]);
  return markdownTable(["Alert", "Severity", "Fires", "Meaning"], rows);
}

function thresholdsTable(): string {
  const rows = Object.entries(THRESHOLDS).map(([key, { default: value, unit, tune }]) => [
    code(key),
    `${value} (${unit})`,
    tune,
  ]);
  return markdownTable(["Threshold", "Default", "When to change it"], rows);
}

const RETRIES: Readonly<Record<ErrorDescription["retryMode"], string>> = {
  none: "no",
  after_reset: "after the window",
  backoff: "after a backoff",
  wait_for_condition: "when the condition ends",
};

function errorsTable(errors: readonly ErrorDescription[]): string {
  const rows = errors.map(({ code: name, statuses, category, retryMode, cause, action }) => [
    code(name),
    statuses.join(", "),
    category,
    RETRIES[retryMode],
    cause,
    action,
  ]);
  return markdownTable(["Code", "Status", "Category", "Retry", "Cause", "Action"], rows);
}

/** What follows an option that is left out. */
function defaultOf({ defaultValue, defaultValueDescription }: CommandDescription["options"][number]): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return defaultValue === undefined || defaultValue === false ? "" : code(String(defaultValue));
}

/** What it is for, and the values that it takes if they are few. */
function describeWord({
  description,
  argChoices = [],
}: Pick<CommandDescription["options"][number], "description" | "argChoices">): string {
  return argChoices.length === 0 ? description : `${description}: ${argChoices.map(code).join(", ")}`;
}

const capitalize = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** One section for each command that does something. */
function commandSections(): string {
  const sections = listCommands()
    .filter(({ commands }) => commands.length === 0)
    .map(({ name, description, args, options }) => {
      const usage = [name, ...args.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`))];
      const rows = [
        ...args.map((each) => [code(`<${each.name()}>`), describeWord(each), ""]),
        ...options.map((option) => [code(option.flags), describeWord(option), defaultOf(option)]),
      ];
      const table = markdownTable(["Argument or option", "Meaning", "Default"], rows);
      const lines = [`## ${name}`, "", "```text", usage.join(" "), "```", "", `${capitalize(description)}.`];
      return [...lines, "", table].join("\n");
    });
  return sections.join("\n\n");
}

function statusErrors(): readonly ErrorDescription[] {
  const others = new Set([...INTERCOM_ERRORS, ...TRANSPORT_ERRORS].map((each) => each.code));
  return ALL_ERRORS.filter((each) => !others.has(each.code));
}

/** What the generated parts of the site must say: by page, and in it by the name of their markers. */
export function referenceBlocks(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    "reference/options.md": {
      options: optionsTable("packages/core/src/record/options.ts", "TelemetryOptions"),
      "fetch options": optionsTable("packages/fetch/src/options.ts", "IntercomFetchOptions"),
      // Those of the instrumentation count.
      "retry options": optionsTable("packages/core/src/retry/options.ts", "RetryOptions", ["hosts"]),
      "throttle option": optionsTable("packages/fetch/src/options.ts", "FetchRetryOptions"),
      "serve options": [
        optionsTable("packages/exporter/src/metrics/options.ts", "ServeMetricsOptions"),
        optionsTable("packages/exporter/src/metrics/options.ts", "MetricsHandlerOptions")
          .split("\n")
          .slice(2)
          .join("\n"),
      ].join("\n"),
      "simulator options": optionsTable("packages/simulator/src/options.ts", "SimulatorOptions"),
    },
    "reference/metrics.md": { metrics: metricsTable("client"), "probe metrics": metricsTable("probe") },
    "reference/attributes.md": { attributes: attributesTable() },
    "reference/alerts.md": { alerts: alertsTable() },
    "reference/thresholds.md": { thresholds: thresholdsTable() },
    "reference/commands.md": { commands: commandSections() },
    "reference/errors.md": {
      "intercom errors": errorsTable(INTERCOM_ERRORS),
      "status errors": errorsTable(statusErrors()),
      "transport errors": errorsTable(TRANSPORT_ERRORS),
    },
  };
}
