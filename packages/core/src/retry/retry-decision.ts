/**
 * Why a request is retried, and with that how long it waits: `retry_after` the response named the wait; `window_reset`
 * the window was used up, a slot in a later one is reserved; `window_unknown` the same without a usable header;
 * `overload` Intercom is too busy, with quota left; `server_error` and `no_response` a fault; `conflict` another request
 * was in the way. The last five back off exponentially.
 */
export type RetryReason =
  | "retry_after"
  | "window_reset"
  | "window_unknown"
  | "overload"
  | "server_error"
  | "no_response"
  | "conflict";

/**
 * Why a failed request is not retried: `not_retryable` it would fail again; `wait_for_condition` it waits for something
 * that the caller has to watch; `body_used` its body can be sent once; `outcome_unknown` a write may have been carried
 * out; `scroll_would_expire` the wait would outlive the scroll; `deadline` it would outlive the call;
 * `retries_used_up` the call had all its retries.
 */
export type RefusalReason =
  | "not_retryable"
  | "wait_for_condition"
  | "body_used"
  | "outcome_unknown"
  | "scroll_would_expire"
  | "deadline"
  | "retries_used_up";

/** What follows one failed attempt. */
export type RetryDecision =
  | { readonly retry: true; readonly reason: RetryReason; readonly delaySeconds: number }
  | { readonly retry: false; readonly reason: RefusalReason };
