import type { RateLimit } from "../quota/rate-window.ts";

/** Values of limit, remaining and reset as they go over the wire; an array sends the header several times. */
export type RateHeaderValues = readonly [
  limit: string | readonly string[],
  remaining: string | readonly string[],
  reset: string | readonly string[],
];

/** The true values. */
export function rateHeaderValues({ limit, remaining, resetEpochSeconds }: RateLimit): RateHeaderValues {
  return [String(limit), String(remaining), String(resetEpochSeconds)];
}

const WHOLE_NUMBER = /^\d{1,15}$/;

/** The number a header holds, when it was sent once and is a whole number. */
export function wholeNumber(value: string | readonly string[] | undefined): number | undefined {
  return typeof value === "string" && WHOLE_NUMBER.test(value) ? Number(value) : undefined;
}
