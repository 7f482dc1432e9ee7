/** What the three rate-limit headers say. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetEpochSeconds: number;
}

/** The state of the window after a request. */
export interface WindowState extends RateLimit {
  /** Number of the window since the epoch. */
  readonly index: number;
  /** The request was one too many. */
  readonly exceeded: boolean;
}

/** Counts one request at the given time. */
export type RateWindow = (epochSeconds: number) => WindowState;

/**
 * A quota in fixed windows that start at multiples of their length since the epoch, as Intercom's do.
 *
 * @param clockSkewSeconds added to the announced reset.
 */
export function createRateWindow(limit: number, windowSeconds: number, clockSkewSeconds: number): RateWindow {
  let current = -1;
  let used = 0;
  return (epochSeconds) => {
    const index = Math.floor(epochSeconds / windowSeconds);
    // A request that came before the edge can be counted after it, and does not bring the old window back.
    if (index > current) {
      current = index;
      used = 0;
    }
    used++;
    return {
      index: current,
      limit,
      remaining: Math.max(0, limit - used),
      // Intercom sends whole seconds; a window that ends inside one is announced a little late rather than early.
      resetEpochSeconds: Math.ceil((current + 1) * windowSeconds + clockSkewSeconds),
      exceeded: used > limit,
    };
  };
}
