import { lookupError } from "@intercom-telemetry/core/facts";
import { markdownTable, replaceBlock } from "@intercom-telemetry/guards/markdown";
import type { Alert } from "../alerts/alert.ts";
import { THRESHOLDS } from "../config/thresholds.ts";
import type { Model } from "../model.ts";
import { formatPercent } from "../promql/idioms.ts";

/** The parts of a runbook that are written by the generator. */
const GENERATED_PARTS = ["facts", "queries", "actions", "tuning"] as const;

type GeneratedPart = (typeof GENERATED_PARTS)[number];

const code = (text: string): string => `\`${text}\``;

/** When the alert fires, in words. */
export function describeThreshold({ threshold }: Alert): string {
  if (!threshold) return "presence";
  const isShare = threshold.value > 0 && threshold.value < 1;
  return `${threshold.comparison} ${isShare ? formatPercent(threshold.value) : threshold.value}`;
}

function facts({ config }: Model, alert: Alert): string {
  const { panel } = alert;
  const rows = [
    ["Severity", alert.severity],
    ["Fires", `${describeThreshold(alert)}, for ${alert.for}`],
    ["Grouped by", alert.identity.map(code).join(", ")],
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
  if (rows.length === 0) return "No entry of the error catalog belongs to this alert.";
  return `From the error catalog:\n\n${markdownTable(["Error code", "Cause", "What to do"], rows)}`;
}

function reasons({ blindSpots }: Model): string {
  const rows = blindSpots.map(({ reason, meaning, remedy }) => [code(reason), meaning, remedy]);
  return markdownTable(["Reason", "What is wrong", "What to do"], rows);
}

function tuning({ config }: Model, { threshold, alsoUses, name }: Alert): string {
  const keys = [...(threshold?.key ? [threshold.key] : []), ...alsoUses];
  const rows = keys.map((key) => {
    const { unit, why, tune } = THRESHOLDS[key];
    return [code(`thresholds.${key}`), `${config.thresholds[key]} (${unit})`, why, tune];
  });
  const other =
    threshold && threshold.key === undefined ? `The limit follows from ${code(threshold.setting)}.\n\n` : "";
  const settings =
    rows.length === 0 ? "" : `${markdownTable(["Setting", "Now", "Why", "When to change it"], rows)}\n\n`;
  return `${other}${settings}Duration, severity and whether it is written at all: ${code(`alerts.${name}`)}.`;
}

const RENDERERS: Readonly<Record<GeneratedPart, (model: Model, alert: Alert) => string>> = {
  facts,
  queries: (_, alert) => queries(alert),
  actions: (model, alert) => (alert.name === "IntercomClientBlindSpot" ? reasons(model) : actions(alert)),
  tuning,
};

/**
 * Fills the generated parts of a runbook in; the prose stays as it is.
 *
 * @throws Error naming the alert when a marker is missing.
 */
export function renderRunbook(model: Model, alert: Alert, markdown: string): string {
  try {
    return GENERATED_PARTS.reduce(
      (text, part) => replaceBlock(text, part, RENDERERS[part](model, alert)),
      markdown,
    );
  } catch (error) {
    throw new Error(`${alert.name}.md: ${(error as Error).message}`, { cause: error });
  }
}
