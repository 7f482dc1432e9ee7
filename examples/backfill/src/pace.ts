/** A longer wait is not a window of Intercom's but a wrong clock. */
const LONGEST_PAUSE_SECONDS = 60;

function readNumber(headers: unknown, name: string): number {
  const value = (headers as Record<string, unknown>)[name];
  return typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
}

/**
 * How long to wait before the next request, in seconds: until the window has ended when more of it is used than the
 * share allows, else not at all. `remaining` counts everybody who has the token, so the others come first.
 */
export function pauseSeconds(headers: unknown, quotaShare: number, nowEpochSeconds: number): number {
  const limit = readNumber(headers, "x-ratelimit-limit");
  const remaining = readNumber(headers, "x-ratelimit-remaining");
  const leftSeconds = readNumber(headers, "x-ratelimit-reset") - nowEpochSeconds;
  const keep = limit * (1 - quotaShare);
  // Without the headers, which is normal on some responses, nothing compares and nothing waits.
  if (!(remaining <= keep) || !(leftSeconds > 0)) return 0;
  return Math.min(leftSeconds, LONGEST_PAUSE_SECONDS);
}

/** Makes the function that waits after a response for as long as its headers ask for. */
export function createPace(
  quotaShare: number,
  log: (line: string) => void,
): (headers: unknown) => Promise<void> {
  return async (headers) => {
    const seconds = pauseSeconds(headers, quotaShare, Date.now() / 1000);
    if (seconds === 0) return;
    log(`pause of ${seconds.toFixed(1)} s: ${Math.round(quotaShare * 100)} % of the window's quota is used`);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  };
}
