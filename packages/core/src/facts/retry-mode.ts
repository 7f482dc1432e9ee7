import type { RetryMode } from "./error-description.ts";

/** How a later try succeeds where nothing else is said: after a while. */
export const usualRetryMode = (retryable: boolean): RetryMode => (retryable ? "backoff" : "none");
