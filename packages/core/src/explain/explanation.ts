import type { ErrorCategory, RetryMode } from "../facts/index.ts";

/** What went wrong with a request to Intercom and what to do about it. Holds no message, URL, header or body. */
export interface ErrorExplanation {
  /** Intercom's own code, also when the catalog does not have it; else the code of the status or of the transport. */
  readonly code: string;
  readonly category: ErrorCategory;
  /** The identical request may succeed later without anybody changing it. */
  readonly retryable: boolean;
  readonly retryMode: RetryMode;
  /** Shortest useful wait before a retry, in seconds, where one is documented. */
  readonly minWaitSeconds?: number | undefined;
  /**
   * Seconds to wait before a retry, counted from the response: its `Retry-After`, or what was left of the window. Absent
   * when the response names no time.
   */
  readonly waitSeconds?: number | undefined;
  /** What has happened. */
  readonly cause: string;
  /** What to do, in the imperative. */
  readonly action: string;
  /** HTTP status, when a response arrived and its status is known. */
  readonly status?: number | undefined;
  /** From the closed set of methods; present with `urlTemplate`. */
  readonly method?: string | undefined;
  /** URL template, when the operation is known. */
  readonly urlTemplate?: string | undefined;
  /** What Intercom's support asks for. */
  readonly requestId?: string | undefined;
  /** All of the above in one line that may be printed and logged. */
  readonly line: string;
}
