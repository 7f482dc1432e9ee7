export type {
  ApiHost,
  Exchange,
  HeaderReader,
  Operation,
  Outcome,
  OutcomeError,
  RateLimit,
  TransportFailure,
} from "./classify/index.ts";
export {
  classify,
  createTargetReader,
  DEFAULT_API_HOSTS,
  findOperation,
  matchOperation,
  parseApiHost,
} from "./classify/index.ts";
export type {
  AttributeDefinition,
  AttributeKey,
  FailureStage,
  MetricDefinition,
  MetricKey,
} from "./contract/index.ts";
export { ATTRIBUTES, DEFAULT_CLIENT, METRICS, RETRY_REFUSED_EVENT } from "./contract/index.ts";
export { describeValue } from "./describe-value.ts";
export type { ErrorExplanation, FailedAnswer } from "./explain/index.ts";
export { explainAnswer, explainOutcome } from "./explain/index.ts";
export type {
  DocumentedOperation,
  ErrorCategory,
  ErrorDescription,
  RetryMode,
  TransportCode,
} from "./facts/index.ts";
export {
  describeStatus,
  INTERCOM_ERRORS,
  INTERCOM_HOSTS,
  INTERCOM_OPERATIONS,
  lookupError,
} from "./facts/index.ts";
export type {
  MetricsRegistry,
  Observation,
  ObserverOptions,
  OnOutcome,
  OutgoingRequest,
  PromClient,
  RequestDelay,
  RequestEnd,
  SpanRecorderOptions,
} from "./record/index.ts";
export {
  loadPromClient,
  Observer,
  PrometheusRecorder,
  SpanRecorder,
  VERSION,
} from "./record/index.ts";
