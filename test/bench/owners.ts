/** Whose code the time is spent in. */
export const OWNERS = [
  "axios",
  "Node",
  "collector",
  "OpenTelemetry",
  "prom-client",
  "intercom-telemetry",
  "other",
] as const;

/** One of {@link OWNERS}. */
export type Owner = (typeof OWNERS)[number];
