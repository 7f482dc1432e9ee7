import { parseHttpDate } from "./http-date.ts";

/** What `Retry-After` asks for: a number of seconds, or an instant in seconds since the epoch. */
export type RetryAfter = { readonly seconds: number } | { readonly epochSeconds: number };

const SECONDS = /^\d{1,9}(?:\.\d{1,6})?$/;

/**
 * Reads `Retry-After`: seconds, also with a fraction as some gateways send it, or an HTTP date. Intercom does not
 * document the header; gateways in front of it know it.
 *
 * @returns `undefined` when the header is missing or makes no sense.
 */
export function readRetryAfter(text: string | undefined): RetryAfter | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined) return undefined;
  if (SECONDS.test(trimmed)) return { seconds: Number(trimmed) };
  const epochSeconds = parseHttpDate(trimmed);
  return epochSeconds === undefined ? undefined : { epochSeconds };
}
