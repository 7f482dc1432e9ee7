import type { Operation } from "../classify/index.ts";

/** What the policy has to know about a call, whatever the transport. */
export interface RetryCall {
  readonly operation: Operation;
  /** Query of the request's URL, without the question mark. Only looked at, never kept. */
  readonly query: string;
  /** When the call began, on the policy's monotonic clock. */
  readonly startedMilliseconds: number;
  /** How many attempts of the call went before the one that is decided about. */
  readonly retryCount: number;
  /** Retries that this call may have; absent when the transport counts them itself. */
  readonly mostRetries?: number | undefined;
  /** The body as the transport was given it. Only looked at where a retry depends on it. */
  readonly readBody: () => unknown;
}
