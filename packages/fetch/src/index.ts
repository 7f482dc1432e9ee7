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
export { explainIntercomError } from "./explain-intercom-error.ts";
export type { InstrumentationHandle } from "./instrument-global-fetch.ts";
export { instrumentGlobalFetch } from "./instrument-global-fetch.ts";
export type { IntercomFetch } from "./intercom-fetch.ts";
export { intercomFetch } from "./intercom-fetch.ts";
export { markRetry } from "./mark-retry.ts";
export type { FetchRetryOptions, InstrumentGlobalFetchOptions, IntercomFetchOptions } from "./options.ts";
