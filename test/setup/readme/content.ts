import { attributesTable, metricsTable, optionsTable } from "./tables.ts";

/** What the tables of README.md must say, by the name of their markers. */
export function tableBlocks(): Record<string, string> {
  return {
    metrics: metricsTable("client"),
    attributes: attributesTable(),
    options: optionsTable("packages/core/src/record/options.ts", "TelemetryOptions"),
  };
}

/** A fenced block. */
export const fence = (content: string): string => `\`\`\`text\n${content}\n\`\`\``;
