/** `Date` has whole seconds, and an answer takes its time: clocks this close count as equal. */
const CLOCK_TOLERANCE_SECONDS = 2;
/** "Tue, 15 Nov 1994 08:12:31 GMT" is 29 characters. Source: RFC 9110, section 5.6.7. */
const LONGEST_DATE_CHARACTERS = 40;

/** An HTTP date in seconds since the epoch; `undefined` when it is none. */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || text.length > LONGEST_DATE_CHARACTERS) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/**
 * What the server's clock shows now, in seconds since the epoch. Where the local clock agrees with the answer's
 * `Date`, the local one is taken, which knows fractions; else `Date`, which errs towards waiting up to a second longer.
 */
export function readServerClock(date: string | undefined, localEpochSeconds: number): number {
  const said = parseHttpDate(date);
  if (said === undefined || Math.abs(said - localEpochSeconds) <= CLOCK_TOLERANCE_SECONDS) {
    return localEpochSeconds;
  }
  return said;
}
