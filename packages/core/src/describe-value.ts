/**
 * What a message may quote. An address has an `@`, and so has a URL with credentials; a phone number has more digits in
 * a row, and an access token is longer.
 */
const QUOTABLE = /^(?!.*\d{7})[\w.,:/[\]-]{0,40}$/;

/**
 * A wrong value as one reads it in an error message: bounded, of an object only its kind, of a text only its length
 * where it may be a secret.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string")
    return QUOTABLE.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
