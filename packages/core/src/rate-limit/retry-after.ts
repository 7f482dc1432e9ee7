/** "Tue, 15 Nov 1994 08:12:31 GMT", the one form that servers may send. Source: RFC 9110, section 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Responses of one second carry the same text: it is parsed once. */
let lastText = "";
let lastEpochSeconds: number | undefined;

/** @returns an HTTP date in seconds since the epoch; `undefined` when it is not one. */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === lastText) return lastEpochSeconds;
  if (!HTTP_DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  lastText = text;
  lastEpochSeconds = Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
  return lastEpochSeconds;
}

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

/** How long `Retry-After` asks to wait. */
export function secondsUntil(
  retryAfter: RetryAfter | undefined,
  serverEpochSeconds: number,
): number | undefined {
  if (retryAfter === undefined) return undefined;
  return "seconds" in retryAfter
    ? retryAfter.seconds
    : Math.max(0, retryAfter.epochSeconds - serverEpochSeconds);
}
