/** Longest pause between two runs of work that hangs, in timeouts. */
const LONGEST_PAUSE = 64;

/**
 * Makes a function that runs asynchronous work with a timeout. Callers that overlap share one run. A run
 * that hangs keeps its memory for as long as it hangs, and nobody can end it. Each further one doubles the
 * pause before the next, and callers in between time out without another run.
 */
export function createSingleFlight<Value>(
  work: () => Promise<Value>,
  timeoutSeconds: number,
  createTimeoutError: () => Error,
): () => Promise<Value> {
  const timeoutMs = timeoutSeconds * 1000;
  let current: Promise<Value> | undefined;
  let hanging = 0;
  let nextRunMs = Number.NEGATIVE_INFINITY;

  const run = (): Promise<Value> =>
    new Promise((resolve, reject) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        const pause = Math.min(2 ** hanging, LONGEST_PAUSE) - 1;
        hanging += 1;
        nextRunMs = performance.now() + pause * timeoutMs;
        reject(createTimeoutError());
      }, timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        if (!timedOut) return;
        hanging -= 1;
        nextRunMs = Number.NEGATIVE_INFINITY;
      };
      work().finally(settle).then(resolve, reject);
    });

  return () => {
    if (current) return current;
    if (performance.now() < nextRunMs) return Promise.reject(createTimeoutError());
    const started = run().finally(() => {
      current = undefined;
    });
    current = started;
    return started;
  };
}
