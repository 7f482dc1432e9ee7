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
