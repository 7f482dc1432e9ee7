import { ALL_ERRORS } from "@intercom-telemetry/core/facts";
import type { ValueMapping } from "./grafana.ts";

/** Shows the catalog's action instead of an error code. */
export function errorActionMapping(): ValueMapping {
  const entries = ALL_ERRORS.filter(({ action }) => action !== "").map(
    ({ code, action }, index) => [code, { text: action, index }] as const,
  );
  return { type: "value", options: Object.fromEntries(entries) };
}
