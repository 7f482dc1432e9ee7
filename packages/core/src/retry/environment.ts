/** Clocks, timers and chance, so that a test can have its own. */
export interface RetryEnvironment {
  /** Never goes back; its zero is arbitrary. */
  readonly monotonicMilliseconds: () => number;
  readonly epochMilliseconds: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** @returns a function that takes the timer back. */
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** The runtime's own. */
export const systemEnvironment: RetryEnvironment = {
  monotonicMilliseconds: () => performance.now(),
  epochMilliseconds: () => Date.now(),
  random: Math.random,
  setTimer: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
