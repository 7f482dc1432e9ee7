import type { RateLimit } from "./headers.ts";

/** How one attempt ended, as far as the quota is concerned. */
export interface AttemptEnd {
  readonly rateLimit: RateLimit | undefined;
  /** The response's `Date` in seconds since the epoch. */
  readonly serverEpochSeconds: number | undefined;
  readonly durationSeconds: number;
  /** Intercom responded, and should have sent rate-limit headers. */
  readonly expectsHeaders: boolean;
  /** Intercom refused the attempt because the window was used up. */
  readonly windowUsedUp: boolean;
}
