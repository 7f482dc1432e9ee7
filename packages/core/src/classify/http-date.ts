/** "Tue, 15 Nov 1994 08:12:31 GMT", the one form that servers may send. Source: RFC 9110, section 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The `Date` header when it is one, else `undefined`: it goes into the outcome, which holds no free text. */
export function readHttpDate(value: string | undefined): string | undefined {
  return value !== undefined && HTTP_DATE.test(value) ? value : undefined;
}
