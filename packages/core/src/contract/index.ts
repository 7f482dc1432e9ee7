export type { AttributeKey } from "./attribute-names.ts";
export { RETRY_REFUSED_EVENT } from "./attribute-names.ts";
export type { AttributeDefinition } from "./attributes.ts";
export { ATTRIBUTES } from "./attributes.ts";
export type { FailureStage } from "./client-metrics.ts";
export { FAILURE_STAGES, SLOW_REQUEST_SECONDS } from "./client-metrics.ts";
export {
  DEFAULT_CLIENT,
  KNOWN_METHODS,
  KNOWN_STATUSES,
  LABELS,
  NOT_INTERCOM_CODE,
  OTHER_CLIENT,
  OTHER_ERROR_CODE,
  OTHER_METHOD,
  UNMATCHED_TEMPLATE,
} from "./labels.ts";
export type { Aggregator, MetricDefinition } from "./metric-definition.ts";
export type { MetricKey } from "./metrics.ts";
export { METRICS } from "./metrics.ts";
export type { ProbePhase } from "./probe-metrics.ts";
export { PLATFORM_STATUS_VALUES, PROBE_PHASES } from "./probe-metrics.ts";
