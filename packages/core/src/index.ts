export type {
  AttributeDefinition,
  AttributeKey,
  FailureStage,
  MetricDefinition,
  MetricKey,
} from "./contract/index.ts";
export { ATTRIBUTES, METRICS } from "./contract/index.ts";
export type { Endpoint, ErrorCategory, ErrorDescription, RetryMode, TransportCode } from "./facts/index.ts";
export {
  describeStatus,
  INTERCOM_ENDPOINTS,
  INTERCOM_ERRORS,
  INTERCOM_HOSTS,
  lookupError,
} from "./facts/index.ts";
