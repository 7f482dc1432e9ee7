import type { ErrorCategory, RetryMode } from "../facts/index.ts";

/** Rate-limit headers of one answer; a field is absent when its header was missing or not one sane integer. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  readonly limit?: number | undefined;
  /** Requests left in it. */
  readonly remaining?: number | undefined;
  /** When it ends, in seconds since the epoch. */
  readonly resetEpochSeconds?: number | undefined;
}

/** What was wrong with a failed request. */
export interface OutcomeError {
  /** From the closed set: a code of the catalogue, `other`, the code of the status, or a transport code. */
  readonly code: string;
  /** What Intercom sent when it looks like a code, also when the catalogue does not have it; else equal to `code`. */
  readonly rawCode: string;
  readonly category: ErrorCategory;
  /** The identical request may succeed later. */
  readonly retryable: boolean;
  readonly retryMode: RetryMode;
  /** Number of entries in the body's `errors`; 0 when it had none. */
  readonly entries: number;
}

/** One exchange, judged. */
export interface Outcome {
  readonly client: string;
  /** From the closed set of methods, `_OTHER` included. */
  readonly method: string;
  /** Path template, or `unmatched`. */
  readonly endpoint: string;
  /** HTTP status as it arrived; absent when none did. */
  readonly status?: number | undefined;
  /** Absent when the request succeeded. */
  readonly error?: OutcomeError | undefined;
  /** The caller ended the request itself. `error` is set too, with code and category `canceled`. */
  readonly canceled: boolean;
  /** Body `request_id`, else `X-Request-Id`. */
  readonly requestId?: string | undefined;
  readonly rateLimit?: RateLimit | undefined;
  /** `Date` of the answer, as sent: places a window's end on a local clock that is off. */
  readonly date?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** How many times the request had been sent before. */
  readonly retryCount: number;
  /** Time on the wire, in seconds. */
  readonly durationSeconds: number;
}
