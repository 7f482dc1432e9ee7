import type { HeaderReader } from "../header-reader.ts";
import type { RateLimit } from "./rate-limit.ts";

const WHOLE_NUMBER = /^\d{1,10}$/;
/** Ten digits of seconds: from 2001 to 2286. Anything else is milliseconds, a relative time, or nonsense. */
const EARLIEST_EPOCH_SECONDS = 1_000_000_000;

function readWholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  return WHOLE_NUMBER.test(trimmed) ? Number(trimmed) : undefined;
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
