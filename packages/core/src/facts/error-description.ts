/**
 * Whose move it is. `transport`: no response arrived; `intermediary`: something between the caller and Intercom
 * responded; `unknown`: a response without a usable sign.
 */
export type ErrorCategory =
  | "auth"
  | "permission"
  | "plan"
  | "not_found"
  | "conflict"
  | "validation"
  | "client"
  | "rate_limit"
  | "server"
  | "transport"
  | "intermediary"
  | "canceled"
  | "unknown";

/**
 * How a later try can succeed: `after_reset` waits for `X-RateLimit-Reset`, `backoff` is exponential with jitter,
 * `wait_for_condition` needs another job, scroll or upload to end first.
 */
export type RetryMode = "none" | "backoff" | "after_reset" | "wait_for_condition";

/** What classification and retries need to know of a code. */
export interface ErrorKind {
  /** Intercom's code, the code of the status table, or a transport code. */
  readonly code: string;
  readonly category: ErrorCategory;
  /**
   * The identical request may succeed later without anybody changing it.
   * It does not promise that a blind replay is harmless: see `replayHint`.
   */
  readonly retryable: boolean;
  readonly retryMode: RetryMode;
  /** Shortest useful wait before the next try, in seconds. */
  readonly minWaitSeconds?: number;
}

/** One entry of the error catalog: what a code means and what to do about it. */
export interface ErrorDescription extends ErrorKind {
  /** What has happened, one sentence. */
  readonly cause: string;
  /** What to do, in the imperative. */
  readonly action: string;
  /** HTTP statuses with which the code was seen or documented; empty when unknown. */
  readonly statuses: readonly number[];
  /** The usual status, where there is one. */
  readonly typicalStatus?: number;
  /** `low` for codes that only the history of Intercom's OpenAPI files mentions. */
  readonly confidence?: string;
}
