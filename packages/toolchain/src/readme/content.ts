import { metricsTable, optionsTable } from "../../../site/scripts/tables.ts";

/** What the tables in the README of the fetch package must say, by the name of their markers. */
export function fetchBlocks(): Record<string, string> {
  const file = "packages/fetch/src/options.ts";
  return {
    "telemetry options": optionsTable("packages/core/src/record/options.ts", "TelemetryOptions"),
    "fetch options": optionsTable(file, "IntercomFetchOptions"),
    "throttle option": optionsTable(file, "FetchRetryOptions"),
    // Those of the instrumentation count.
    "retry options": optionsTable("packages/core/src/retry/options.ts", "RetryOptions", ["hosts"]),
  };
}

/** The same of the README of the exporter. */
export function exporterBlocks(): Record<string, string> {
  return { "exporter metrics": metricsTable("exporter") };
}

/** A fenced block. */
export const fence = (content: string): string => `\`\`\`text\n${content}\n\`\`\``;
