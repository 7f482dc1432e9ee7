/** Turns an unknown value into a `T`, or throws a `TypeError` that names the position. */
export interface Check<T> {
  (value: unknown, position: string): T;
  /** The key may be left out of the object that holds it. */
  readonly optional?: true;
}

const LONGEST_QUOTE_CHARACTERS = 80;

function quote(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    return "an object that is not JSON";
  }
  if (text === undefined) return String(value);
  return text.length > LONGEST_QUOTE_CHARACTERS ? `${text.slice(0, LONGEST_QUOTE_CHARACTERS)}...` : text;
}

/** Throws the one kind of error that bad input gives. */
export function refuse(position: string, expected: string, value: unknown): never {
  throw new TypeError(`${position}: expected ${expected}, got ${quote(value)}`);
}

export const text: Check<string> = (value, position) =>
  typeof value === "string" ? value : refuse(position, "a string", value);

export const filledText: Check<string> = (value, position) =>
  typeof value === "string" && value !== "" ? value : refuse(position, "a non-empty string", value);

/** A non-empty string that no message repeats. */
export const secretText: Check<string> = (value, position) => {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(
    `${position}: expected a non-empty string, got ${value === "" ? "an empty one" : typeof value}`,
  );
};

export const flag: Check<boolean> = (value, position) =>
  typeof value === "boolean" ? value : refuse(position, "a boolean", value);

/** A finite number in a closed range. */
export function number(min: number, max: number): Check<number> {
  return (value, position) =>
    typeof value === "number" && value >= min && value <= max
      ? value
      : refuse(position, `a number from ${min} to ${max}`, value);
}

/** A whole number in a closed range. */
export function integer(min: number, max: number): Check<number> {
  return (value, position) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(position, `a whole number from ${min} to ${max}`, value);
}

/** One of a closed set of words. */
export function oneOf<T extends string>(words: readonly T[]): Check<T> {
  return (value, position) =>
    words.find((word) => word === value) ?? refuse(position, `one of ${words.join(", ")}`, value);
}

/** The first check that accepts the value decides. */
export function either<A, B>(expected: string, first: Check<A>, second: Check<B>): Check<A | B> {
  return (value, position) => {
    for (const check of [first, second]) {
      try {
        return check(value, position);
      } catch {
        // The message below names all that is accepted.
      }
    }
    return refuse(position, expected, value);
  };
}

/** Marks a key that may be left out. */
export function optional<T>(check: Check<T>): Check<T> {
  return Object.assign((value: unknown, position: string) => check(value, position), {
    optional: true as const,
  });
}
