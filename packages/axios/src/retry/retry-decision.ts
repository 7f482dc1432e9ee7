/**
 * Why a request is sent again, and with that how long it waits: `retry_after` the answer named the wait;
 * `window_reset` the window was used up, a place in a later one is taken; `window_unknown` the same without a usable
 * header; `overload` Intercom's side is too busy, with quota left; `server_error` and `no_answer` a fault; `conflict`
 * another request was in the way. The last five back off exponentially.
 */
export type ResendReason =
  | "retry_after"
  | "window_reset"
  | "window_unknown"
  | "overload"
  | "server_error"
  | "no_answer"
  | "conflict";

/** Why a failed request is not sent again. */
export type RefusalReason =
  | "not_retryable"
  | "wait_for_condition"
  | "outcome_unknown"
  | "deadline"
  | "retries_used_up";

/** What becomes of one failed send. */
export type RetryDecision =
  | { readonly resend: true; readonly reason: ResendReason; readonly wait: Wait }
  | { readonly resend: false; readonly reason: RefusalReason };

/** A wait before a send, and the place in a window that it ends in. */
export interface Wait {
  readonly seconds: number;
  /** End of the window in which a place is reserved, on the server's clock in seconds since the epoch. */
  readonly windowEndEpochSeconds?: number | undefined;
}
