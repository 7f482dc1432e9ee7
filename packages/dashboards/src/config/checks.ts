function toText(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "an object that is not JSON";
  }
}

/** Shows a wrong value in a message, shortened. */
export function show(value: unknown): string {
  const text = toText(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Fails with the key, what was expected there and what came. */
export function refuse(key: string, expected: string, value: unknown): never {
  throw new TypeError(`${key}: expected ${expected}, got ${show(value)}`);
}

/** A plain object whose keys are all known; `undefined` counts as empty. */
export function checkObject(key: string, value: unknown, known: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(key, "an object", value);
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) refuse(`${key}.${name}`, `one of the keys ${known.join(", ")}`, name);
  }
  return value as Record<string, unknown>;
}

/** A number between two bounds, both allowed. */
export function checkNumber(
  key: string,
  value: unknown,
  fallback: number,
  [lowest, highest]: readonly [number, number],
): number {
  if (value === undefined) return fallback;
  if (typeof value !== "number" || !(value >= lowest && value <= highest)) {
    refuse(key, `a number from ${lowest} to ${highest}`, value);
  }
  return value;
}

/** A whole number between two bounds, both allowed. */
export function checkInteger(
  key: string,
  value: unknown,
  fallback: number,
  [lowest, highest]: readonly [number, number],
): number {
  const number = checkNumber(key, value, fallback, [lowest, highest]);
  if (!Number.isInteger(number)) refuse(key, `a whole number from ${lowest} to ${highest}`, value);
  return number;
}

/** A switch; `undefined` when it is not set. */
export function checkSwitch(key: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  return refuse(key, "true or false", value);
}

/** A string that matches a pattern. */
export function checkText(
  key: string,
  value: unknown,
  fallback: string,
  pattern: RegExp,
  expected: string,
): string {
  if (value === undefined) return fallback;
  if (typeof value !== "string" || !pattern.test(value)) refuse(key, expected, value);
  return value;
}

/** A list of strings, each matching a pattern, none twice. */
export function checkTexts(
  key: string,
  value: unknown,
  fallback: readonly string[],
  pattern: RegExp,
  expected: string,
): readonly string[] {
  if (value === undefined) return fallback;
  if (!Array.isArray(value)) refuse(key, `a list, each entry ${expected}`, value);
  const texts = value.map((entry, index) =>
    checkText(`${key}[${index}]`, entry ?? null, "", pattern, expected),
  );
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) refuse(key, "no entry twice", twice);
  return texts;
}

/** A map from names to strings, e.g. labels. */
export function checkTextMap(
  key: string,
  value: unknown,
  namePattern: RegExp,
): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(key, "an object", value);
  for (const [name, text] of Object.entries(value)) {
    if (!namePattern.test(name)) refuse(`${key}.${name}`, `a name that matches ${namePattern.source}`, name);
    if (typeof text !== "string") refuse(`${key}.${name}`, "a string", text);
  }
  return value as Record<string, string>;
}
