import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ErrorDescription } from "@intercom-telemetry/core/facts";
import { ALL_ERRORS, lookupError } from "@intercom-telemetry/core/facts";
import type { Model } from "../model.ts";
import { ALERT_NAMES } from "../names/alert-names.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";

const PREFIX = "IntercomClient";

/** The names that somebody may have meant: those that contain the word, or share its start. */
function suggest(word: string): readonly string[] {
  const wanted = word.toLowerCase().replace(PREFIX.toLowerCase(), "");
  const names = [...ALERT_NAMES, ...ALL_ERRORS.map(({ code }) => code)];
  return names.filter((name) => wanted.length > 2 && name.toLowerCase().includes(wanted)).slice(0, 5);
}

function explainError(entry: ErrorDescription): string {
  const statuses = entry.statuses.length === 0 ? "none known" : entry.statuses.join(", ");
  const wait = entry.minWaitSeconds === undefined ? "" : `, wait at least ${entry.minWaitSeconds} s`;
  const lines = [
    entry.code,
    "",
    `Cause     ${entry.cause || "not documented"}`,
    `Action    ${entry.action || "not documented"}`,
    `Category  ${entry.category}`,
    `Retry     ${entry.retryable ? `can help (${entry.retryMode}${wait})` : "cannot help"}`,
    `Statuses  ${statuses}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Markers are for the generator, not for readers. */
function withoutMarkers(markdown: string): string {
  return markdown.replace(/<!-- (end of )?generated: \w+ -->\n\n?/g, "");
}

/**
 * The runbook of an alert with the configuration's own figures, or the catalog entry of an error code.
 *
 * @param runbooks folder with the runbooks, ending in `/`.
 * @throws Error when there is neither, with the names that come near.
 */
export function explain(model: Model, word: string, runbooks: URL): string {
  const alerts = model.allAlerts.flatMap((group) => group.alerts);
  const alert = alerts.find(({ name }) => name === word || name === `${PREFIX}${word}`);
  if (alert) {
    const markdown = readFileSync(fileURLToPath(new URL(`${alert.name}.md`, runbooks)), "utf8");
    return withoutMarkers(renderRunbook(model, alert, markdown));
  }
  const entry = lookupError(word);
  if (entry) return explainError(entry);
  const near = suggest(word);
  const hint = near.length === 0 ? "see `intercom-dashboards list`" : `did you mean ${near.join(", ")}?`;
  throw new Error(`expected the name of an alert or an error code, got neither; ${hint}`);
}
