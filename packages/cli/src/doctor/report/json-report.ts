import type { Report } from "./report.ts";

/** The report as one line of JSON: what the text says, with the figures. */
export function toJsonReport({ status, exitCode, epochSeconds, host, findings }: Report): string {
  const checkedAt = new Date(epochSeconds * 1000).toISOString();
  return JSON.stringify({ status, exitCode, checkedAt, host, findings });
}
