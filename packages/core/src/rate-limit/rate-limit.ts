/** Rate-limit headers of one response; a field is absent when its header was missing or not one sane integer. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  readonly limit?: number | undefined;
  /** Requests left in it. */
  readonly remaining?: number | undefined;
  /** When it ends, in seconds since the epoch. */
  readonly resetEpochSeconds?: number | undefined;
}
