import { isAxiosError } from "axios";

/** How far the loop is taken at its word. */
export interface NaiveRetryOptions {
  /**
   * Whether the error shows the header with the reset. `err.headers` does in `intercom-client` up to 5 and does not in
   * 6 and 7, where the loop falls back to its exponential wait.
   */
  readonly seesReset: boolean;
}

const MOST_RETRIES = 3;

function waitSeconds(error: unknown, retry: number, { seesReset }: NaiveRetryOptions): number {
  const reset = isAxiosError(error) ? Number(error.response?.headers["x-ratelimit-reset"]) : Number.NaN;
  const seconds = seesReset && Number.isFinite(reset) ? reset - Date.now() / 1000 + 1 : 2 ** retry;
  return Math.max(1, seconds);
}

/**
 * What the common-errors reference gives people to paste, as a rule: after a 429 come back one second after the reset,
 * everybody at the same time, at most three times; nothing else is retried.
 */
export async function retryNaively<T>(send: () => Promise<T>, options: NaiveRetryOptions): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isAxiosError(error) || error.response?.status !== 429 || retry === MOST_RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitSeconds(error, retry, options) * 1000));
    }
  }
}
