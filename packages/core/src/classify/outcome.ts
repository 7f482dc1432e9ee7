import type { ErrorCategory, RetryMode } from "../facts/index.ts";
import type { RateLimit, RetryAfter } from "../rate-limit/index.ts";

/** What was wrong with a failed attempt. */
export interface OutcomeError {
  /** From the closed set: a code of the catalog, `other`, `not_intercom`, the status's code, or a transport code. */
  readonly code: string;
  /** Intercom's own code when it is a short snake_case word, also when the catalog lacks it; else equal to `code`. */
  readonly rawCode: string;
  readonly category: ErrorCategory;
  /** The identical request may succeed later. */
  readonly retryable: boolean;
  readonly retryMode: RetryMode;
  /** Number of entries in the body's `errors`; 0 when it had none. */
  readonly entries: number;
}

/** What an ending means. */
export interface Classification {
  /** HTTP status as it arrived; absent when none did. */
  readonly status: number | undefined;
  /** Absent when the attempt succeeded. */
  readonly error: OutcomeError | undefined;
  /** The caller ended the request. `error` is set too, with code and category `canceled`. */
  readonly canceled: boolean;
  /** The response came from a host that is not Intercom, after a redirect: nothing of Intercom's was read from it. */
  readonly fromOtherHost: boolean;
  /** Body `request_id`, else `X-Request-Id`. */
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** `Retry-After` of a failed response. */
  readonly retryAfter: RetryAfter | undefined;
  /** The response's `Date` in seconds since the epoch: places a window's end on a local clock that is off. */
  readonly serverEpochSeconds: number | undefined;
}

/** The error that an attempt follows, when it is a retry. */
export type FollowedError = Pick<OutcomeError, "code" | "category">;

/** One attempt and its classification. */
export interface Outcome extends Classification {
  readonly client: string;
  /** From the closed set of methods, `_OTHER` included. */
  readonly method: string;
  /** URL template of the operation, or `unmatched`. */
  readonly urlTemplate: string;
  readonly apiVersion: string | undefined;
  /** How many attempts of the same call went before. */
  readonly retryCount: number;
  /** Of a retry: the error that it follows. Absent when the earlier attempt succeeded or is not known. */
  readonly follows: FollowedError | undefined;
  /** Until the transport handed over the response or failed, in seconds. */
  readonly durationSeconds: number;
}
