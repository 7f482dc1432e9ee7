import { setTimeout as wait } from "node:timers/promises";

/** Time, as the probe sees it; tests bring their own. */
export interface Clock {
  /** Wall clock, seconds since the epoch. */
  epochSeconds(): number;
  /** A clock that never goes back, in seconds from an arbitrary start. */
  monotonicSeconds(): number;
  /** Resolves after that many seconds, or as soon as the signal aborts; never rejects. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

/** The clocks of this machine. */
export const systemClock: Clock = {
  epochSeconds: () => Date.now() / 1000,
  monotonicSeconds: () => performance.now() / 1000,
  sleep: (seconds, signal) =>
    wait(seconds * 1000, undefined, { signal }).catch(() => {
      // Aborted: the caller asks its signal.
    }),
};
