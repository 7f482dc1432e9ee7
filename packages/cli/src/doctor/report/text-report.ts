import type { Finding, FindingStatus } from "../checks/finding.ts";
import type { Report } from "./report.ts";

/** Parameters of the escape sequence that sets the color. Source: ECMA-48, 8.3.117. */
const COLORS: Readonly<Record<FindingStatus, number>> = { ok: 32, warning: 33, failed: 31 };
const DEFAULT_COLOR = 39;

const STATUS_WIDTH = 9;
const CHECK_WIDTH = 13;
const INDENT = " ".repeat(STATUS_WIDTH + CHECK_WIDTH);

function paintStatus(status: FindingStatus, colored: boolean): string {
  const padded = status.padEnd(STATUS_WIDTH);
  return colored ? `\u001b[${COLORS[status]}m${padded}\u001b[${DEFAULT_COLOR}m` : padded;
}

function formatFinding(finding: Finding<string>, colored: boolean): string {
  const head = `${paintStatus(finding.status, colored)}${finding.check.replace("_", " ").padEnd(CHECK_WIDTH)}`;
  const notes = [
    finding.cause && `cause: ${finding.cause}`,
    finding.action && `action: ${finding.action}`,
    finding.requestId && `request id for Intercom's support: ${finding.requestId}`,
  ].filter((note) => note !== undefined);
  return [`${head}${finding.summary}`, ...notes.map((note) => `${INDENT}${note}`)].join("\n");
}

/** The report for people: a line for each finding, with cause and action below it where there are any. */
export function toTextReport({ findings, verdict }: Report, colored: boolean): string {
  return [...findings.map((finding) => formatFinding(finding, colored)), "", verdict].join("\n");
}
