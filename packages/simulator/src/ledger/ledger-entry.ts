/** How a response was damaged on its way, or that the client left before it was complete. */
export type Breakage =
  | "reset"
  | "hang"
  | "truncated"
  | "stalled_body"
  | "corrupt_gzip"
  | "slow_headers"
  | "slow_body"
  | "client_gone";

/** One request as it went over the wire. Nothing here comes from a classifier. */
export interface LedgerEntry {
  /** Order of arrival, from 1. Entries are listed in the order in which they ended. */
  readonly sequence: number;
  /** Name of the app whose token was sent, revoked tokens included. */
  readonly app?: string;
  readonly method: string;
  /** Raw path without query. */
  readonly path: string;
  /** The template that was served, or `unmatched`. */
  readonly urlTemplate: string;
  /** Absent when no complete response head was sent. */
  readonly status?: number;
  /**
   * What a client is expected to make of the response: the code in its body; for a body without code, what the documentation's
   * table of statuses gives; for a broken transport `connection_reset`, `timeout`, `response_incomplete` or
   * `response_undecodable`. Absent on success.
   */
  readonly errorCode?: string;
  /** The identical request may succeed later. Present exactly when `errorCode` is. */
  readonly retryable?: boolean;
  /** As sent in `X-Request-Id`. */
  readonly requestId?: string;
  /** The rate-limit headers as sent; absent when the header was missing or was not one whole number. */
  readonly remaining?: number;
  readonly limit?: number;
  readonly resetEpochSeconds?: number;
  /** Bytes of the body that were handed to the socket. */
  readonly bytesSent: number;
  readonly broken?: Breakage;
  readonly startedEpochSeconds: number;
  readonly durationSeconds: number;
  /** Value of the request header `x-simulator-correlation`, by which a test joins its own records. */
  readonly correlation?: string;
  /** Value of the request header `x-simulator-process`: which of several processes sent it. */
  readonly process?: string;
  readonly traceparent?: string;
}
