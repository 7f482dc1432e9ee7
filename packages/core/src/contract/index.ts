export type { AttributeDefinition, AttributeKey } from "./attributes.ts";
export { ATTRIBUTES, RETRY_REFUSED_EVENT } from "./attributes.ts";
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
export type { Aggregator, FailureStage, MetricDefinition, MetricKey, ProbePhase } from "./metrics.ts";
export {
  FAILURE_STAGES,
  METRICS,
  PLATFORM_STATUS_VALUES,
  PROBE_PHASES,
  SLOW_REQUEST_SECONDS,
} from "./metrics.ts";
