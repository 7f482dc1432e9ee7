export {
  checkBoolean,
  checkFunction,
  checkKeys,
  checkNumber,
  checkWholeNumber,
  refuse,
} from "./check-options.ts";
export { checkHosts } from "./classify/check-hosts.ts";
export type {
  ApiHost,
  Classification,
  Ending,
  Failure,
  FollowedError,
  Operation,
  Outcome,
  OutcomeError,
  ReceivedResponse,
  RequestTarget,
} from "./classify/index.ts";
export {
  classify,
  createTargetReader,
  DEFAULT_API_HOSTS,
  findOperation,
  matchOperation,
  parseApiHost,
  UNKNOWN_OPERATION,
} from "./classify/index.ts";
export type {
  AttributeDefinition,
  AttributeKey,
  FailureStage,
  MetricDefinition,
  MetricKey,
} from "./contract/index.ts";
export { ATTRIBUTES, DEFAULT_CLIENT, METRICS, RETRY_REFUSED_EVENT } from "./contract/index.ts";
export type { ErrorExplanation, ExplainedOutcome } from "./explain/index.ts";
export { explainEnding, explainOutcome } from "./explain/index.ts";
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
export type { RateLimit, RetryAfter } from "./rate-limit/index.ts";
export type { HeaderReader } from "./read-header.ts";
export type {
  RefusalReason,
  ResolvedRetryOptions,
  RetryCall,
  RetryDecision,
  RetryEnvironment,
  RetryOptions,
  RetryReason,
} from "./retry/index.ts";
export { isOneShotBody, RetryPolicy, resolveRetryOptions, sleep } from "./retry/index.ts";
export { VERSION } from "./version.ts";
