import { parseHttpDate } from "./server-clock.ts";

const SECONDS = /^\d{1,9}(?:\.\d{1,6})?$/;

/**
 * Reads `Retry-After`: seconds, also with a fraction as some gateways send it, or an HTTP date. Intercom does not
 * document the header; gateways in front of it know it.
 *
 * @param serverEpochSeconds the server's clock, against which a date counts.
 * @returns seconds to wait, not negative; `undefined` when the header is missing or makes no sense.
 */
export function readRetryAfterSeconds(
  text: string | undefined,
  serverEpochSeconds: number,
): number | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined) return undefined;
  if (SECONDS.test(trimmed)) return Number(trimmed);
  // Date.parse takes "-5" and "1e3" for years; an HTTP date begins with the name of a day.
  const until = /^[a-z]{3}/i.test(trimmed) ? parseHttpDate(trimmed) : undefined;
  return until === undefined ? undefined : Math.max(0, until - serverEpochSeconds);
}
