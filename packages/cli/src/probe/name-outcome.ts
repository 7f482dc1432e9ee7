import type { Outcome } from "@intercom-telemetry/core";

/** How a response is named in a sentence: `401 unauthorized`, `dns`. */
export function nameOutcome({ error, status }: Outcome): string {
  return [status, error?.rawCode].filter((part) => part !== undefined).join(" ");
}
