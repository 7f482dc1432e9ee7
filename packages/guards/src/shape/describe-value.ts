/** Words that everybody types, whatever an option expects. */
const COMMON_WORDS = ["true", "false", "null", "undefined"];
/** A longer string is not a mistyped word; and comparing words costs the product of their lengths. */
const LONGEST_WORD = 40;
/** A phone number has more digits, and so has an id. */
const MOST_DIGITS = 6;

/** Letters to change, add, drop or swap with their neighbor until one word is the other (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const steps = [
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      ];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwap) steps.push((before[column - 2] ?? row) + 1);
      current.push(Math.min(...steps));
    }
    [before, above] = [above, current];
  }
  return above[right.length] ?? 0;
}

/** One mistake, or two in a word of six letters or more. */
function isNear(text: string, word: string): boolean {
  const allowed = word.length < 6 ? 1 : 2;
  return Math.abs(text.length - word.length) <= allowed && editDistance(text, word) <= allowed;
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
