/** Words that everybody types, whatever an option expects. */
const COMMON_WORDS = ["true", "false", "null", "undefined"];
/** A longer string is not a mistyped word. */
const LONGEST_WORD = 40;
/** A phone number has more digits, and so has an id. */
const MOST_DIGITS = 6;

/** One mistake in one place: two letters swapped, or one letter wrong, two in a word of six or more. */
function isNear(text: string, word: string): boolean {
  const shorter = Math.min(text.length, word.length);
  let start = 0;
  while (start < shorter && text[start] === word[start]) start += 1;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === word.at(-1 - end)) end += 1;
  const typed = text.slice(start, text.length - end);
  const meant = word.slice(start, word.length - end);
  const isSwap = meant.length === 2 && typed === `${meant[1]}${meant[0]}`;
  return isSwap || Math.max(typed.length, meant.length) <= (word.length < 6 ? 1 : 2);
}

function describeString(text: string, words: readonly string[]): string {
  if (text === "") return "an empty string";
  const isQuotable =
    /^\d{1,5}$/.test(text) ||
    (text.length <= LONGEST_WORD && [...COMMON_WORDS, ...words].some((word) => isNear(text, word)));
  return isQuotable ? `"${text}"` : `a string of ${text.length} character${text.length === 1 ? "" : "s"}`;
}

function describeNumber(value: number | bigint): string {
  const digits = String(value).replace(/\D/g, "").length;
  return digits <= MOST_DIGITS ? String(value) : `a number of ${digits} digits`;
}

/**
 * A wrong value as an error message shows it. What was typed in the wrong place may be a token, a phone
 * number or an address. So a string is quoted only when it is a short number, or a documented word with a
 * mistake or two; everything else is described by its kind and size.
 *
 * @param expected what the message says was expected: its words are the documented ones.
 */
export function describeValue(value: unknown, expected = ""): string {
  switch (typeof value) {
    case "string":
      return describeString(value, expected.match(/[\w.-]+/g) ?? []);
    case "number":
    case "bigint":
      return describeNumber(value);
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      if (Array.isArray(value)) return `an array of ${value.length}`;
      return value === null ? "null" : "an object";
    default:
      return String(value);
  }
}
