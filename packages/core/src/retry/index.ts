export type { RetryEnvironment } from "./environment.ts";
export { isOneShotBody } from "./one-shot-body.ts";
export type { ResolvedRetryOptions, RetryOptions } from "./options.ts";
export { resolveRetryOptions } from "./options.ts";
export type { RetryCall } from "./retry-call.ts";
export type { RefusalReason, RetryDecision, RetryReason } from "./retry-decision.ts";
export { RetryPolicy } from "./retry-policy.ts";
export { sleep } from "./sleep.ts";
