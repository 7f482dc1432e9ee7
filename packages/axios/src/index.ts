export type {
  ErrorExplanation,
  HeaderReader,
  Outcome,
  OutcomeError,
  RateLimit,
} from "@intercom-telemetry/core";
export { explainOutcome } from "@intercom-telemetry/core";
export type {
  Attempt,
  CallerRequest,
  Flush,
  FlushOptions,
  MetricsRegistry,
  OnOutcome,
  RawAttempt,
  Recorder,
} from "@intercom-telemetry/core/record";
export type { AxiosInstanceLike } from "./axios-types.ts";
export { explainIntercomError } from "./explain/explain-intercom-error.ts";
export { instrumentIntercom } from "./instrument-intercom.ts";
export type { InstrumentationHandle, InstrumentIntercomOptions } from "./instrumentation.ts";
export { markRetry } from "./mark-retry.ts";
