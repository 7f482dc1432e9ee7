/** What a message may quote: no address, token, phone number or URL with credentials is only this. */
const QUOTABLE = /^[\w.,:/[\]-]{0,60}$/;

/** A value as one reads it in an error message: bounded, only the kind of an object, and nothing that may be a secret. */
export function describeValue(value: unknown): string {
  if (typeof value === "string")
    return QUOTABLE.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Throws a TypeError that names the option, what was expected and what came, unless the value is right. */
export function requireOption(
  name: string,
  value: unknown,
  expected: string,
  isRight: (value: unknown) => boolean,
): void {
  if (!isRight(value))
    throw new TypeError(`option ${name}: expected ${expected}, got ${describeValue(value)}`);
}

/** Throws a TypeError unless `options` is an object whose keys are all known. */
export function refuseUnknownKeys(functionName: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${functionName}: expected an object of options, got ${describeValue(options)}`);
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new TypeError(
    `${functionName}: unknown option ${describeValue(unknown)}, expected one of ${known.join(", ")}`,
  );
}
