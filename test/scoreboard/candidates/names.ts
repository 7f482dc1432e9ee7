/** Bare axios, by which the caller's view is judged, and the tools that are compared. */
export const CANDIDATE_NAMES = [
  "bare",
  "ours",
  "instrumentation-http",
  "axios-prometheus-adapter",
  "both",
  "prometheus-api-metrics",
] as const;

/** One of {@link CANDIDATE_NAMES}; `both` is instrumentation-http and axios-prometheus-adapter in one process. */
export type CandidateName = (typeof CANDIDATE_NAMES)[number];

/** All but bare axios. */
export const TOOL_NAMES: readonly CandidateName[] = CANDIDATE_NAMES.slice(1);

/** The npm packages behind each tool. */
export const PACKAGES: Readonly<Record<CandidateName, readonly string[]>> = {
  bare: ["axios"],
  ours: ["@intercom-telemetry/axios"],
  "instrumentation-http": ["@opentelemetry/instrumentation-http"],
  "axios-prometheus-adapter": ["axios-prometheus-adapter"],
  both: [],
  "prometheus-api-metrics": ["prometheus-api-metrics", "axios-time"],
};
