import type { HeaderReader } from "../read-header.ts";

/** Rate-limit headers of one response; a field is absent when its header was missing or not one sane integer. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  readonly limit?: number | undefined;
  /** Requests left in it. */
  readonly remaining?: number | undefined;
  /** When it ends, in seconds since the epoch. */
  readonly resetEpochSeconds?: number | undefined;
}

const MOST_DIGITS = 10;
const ZERO = 48;
/** Ten digits of seconds: from 2001 to 2286. Anything else is milliseconds, a relative time, or nonsense. */
const EARLIEST_EPOCH_SECONDS = 1_000_000_000;

/** Digit by digit: every response has three such headers, and an expression costs several times as much. */
function readDigits(text: string): number | undefined {
  if (text === "" || text.length > MOST_DIGITS) return undefined;
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function readWholeNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (readDigits(text) ?? readDigits(text.trim()));
}

/**
 * Reads the three `X-RateLimit-*` headers. A header that is missing, repeated, or not one sane integer gives no
 * field, and never 0: on Intercom's side absence is normal (no credentials, gateway pages).
 * Source: https://developers.intercom.com/docs/references/rest-api/errors/rate-limiting
 */
export function readRateLimit(header: HeaderReader): RateLimit | undefined {
  const limit = readWholeNumber(header("x-ratelimit-limit"));
  const remaining = readWholeNumber(header("x-ratelimit-remaining"));
  const reset = readWholeNumber(header("x-ratelimit-reset"));
  if (limit === undefined && remaining === undefined && reset === undefined) return undefined;
  return {
    limit: limit === 0 ? undefined : limit,
    // `remaining` above `limit` is contradictory: drop `remaining`.
    remaining: remaining !== undefined && remaining > (limit ?? remaining) ? undefined : remaining,
    resetEpochSeconds: reset !== undefined && reset < EARLIEST_EPOCH_SECONDS ? undefined : reset,
  };
}
