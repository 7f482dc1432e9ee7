import { lookupError } from "@intercom-telemetry/core/facts";
import type { Alert } from "../alerts/alert.ts";
import { formatPercent } from "../alerts/conditions.ts";
import type { ResolvedConfig } from "../config/options.ts";
import type { ThresholdKey } from "../config/thresholds.ts";
import { THRESHOLDS } from "../config/thresholds.ts";
import { markdownTable } from "./markdown-table.ts";
import type { GeneratedPart } from "./sections.ts";
import { GENERATED_PARTS, replacePart } from "./sections.ts";

const code = (text: string): string => `\`${text}\``;

/** When the alert fires, in words. */
export function describeThreshold({ threshold }: Alert): string {
  if (!threshold) return "presence";
  const isShare = threshold.value > 0 && threshold.value < 1;
  return `${threshold.comparison} ${isShare ? formatPercent(threshold.value) : threshold.value}`;
}

function facts(config: ResolvedConfig, alert: Alert): string {
  const { panel } = alert;
  const rows = [
    ["Severity", alert.severity],
    ["Fires", `${describeThreshold(alert)}, for ${alert.for}`],
    ["One alert for each", alert.identity.map(code).join(", ")],
    ["Panel", `${config.dashboards[panel.dashboard].title}, panel ${panel.id}`],
    ["On by default", alert.optIn ? `no; set ${code(`alerts.${alert.name}.enabled`)}` : "yes"],
  ];
  return `${markdownTable(["Fact", "Value"], rows)}\n\nThe alert:\n\n\`\`\`promql\n${alert.expr}\n\`\`\``;
}

function queries({ guidance }: Alert): string {
  const blocks = guidance.queries.map(({ question, expr }) => `${question}\n\n\`\`\`promql\n${expr}\n\`\`\``);
  const filters = guidance.spanFilters.map((filter) => `- ${code(filter)}`);
  const spans = filters.length === 0 ? [] : [`In your traces, look for spans with:\n\n${filters.join("\n")}`];
  return [...blocks, ...spans].join("\n\n");
}

function actions({ guidance }: Alert): string {
  const rows = guidance.errorCodes.flatMap((name) => {
    const entry = lookupError(name);
    return entry ? [[code(name), entry.cause, entry.action]] : [];
  });
  if (rows.length === 0) return "No entry of the error catalogue belongs to this alert.";
  return `From the error catalogue:\n\n${markdownTable(["Error code", "Cause", "What to do"], rows)}`;
}

function knobs(config: ResolvedConfig, { threshold, alsoUses, name }: Alert): string {
  const own = threshold?.setting.startsWith("thresholds.")
    ? [threshold.setting.slice("thresholds.".length)]
    : [];
  const keys = [...own, ...alsoUses] as readonly ThresholdKey[];
  const rows = keys.map((key) => {
    const { unit, why, tune } = THRESHOLDS[key];
    return [code(`thresholds.${key}`), `${config.thresholds[key]} (${unit})`, why, tune];
  });
  const other = threshold && own.length === 0 ? `The limit follows from ${code(threshold.setting)}.\n\n` : "";
  const settings =
    rows.length === 0 ? "" : `${markdownTable(["Setting", "Now", "Why", "When to change it"], rows)}\n\n`;
  return `${other}${settings}Duration, severity and whether it is written at all: ${code(`alerts.${name}`)}.`;
}

const RENDERERS: Readonly<Record<GeneratedPart, (config: ResolvedConfig, alert: Alert) => string>> = {
  facts,
  queries: (_, alert) => queries(alert),
  actions: (_, alert) => actions(alert),
  knobs,
};

/**
 * Fills the generated parts of a runbook in; the prose stays as it is.
 *
 * @throws Error naming the alert when a marker is missing.
 */
export function renderRunbook(config: ResolvedConfig, alert: Alert, markdown: string): string {
  try {
    return GENERATED_PARTS.reduce(
      (text, part) => replacePart(text, part, RENDERERS[part](config, alert)),
      markdown,
    );
  } catch (error) {
    throw new Error(`${alert.name}.md: ${(error as Error).message}`, { cause: error });
  }
}
