/** Intercom's windows are this long. Source: https://developers.intercom.com/docs/references/rest-api/errors/rate-limiting */
export const WINDOW_SECONDS = 10;
/** A reset further away than this is not a rate-limit window of Intercom. */
export const LONGEST_WINDOW_SECONDS = 60;
/** Clocks this close count as equal: `Date` has whole seconds, and a response takes its time. */
export const CLOCK_TOLERANCE_SECONDS = 2;
