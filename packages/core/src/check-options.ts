import { isJsonObject } from "@intercom-telemetry/guards/json";
import { describeValue } from "@intercom-telemetry/guards/shape";

/** @throws TypeError naming the option, what was expected and what came. */
export function refuse(option: string, expected: string, value: unknown): never {
  throw new TypeError(`${option}: expected ${expected}, got ${describeValue(value, expected)}`);
}

/** The options as an object whose keys are all known, and none of them null. */
export function checkKeys(options: unknown, known: ReadonlySet<string>): void {
  if (!isJsonObject(options)) refuse("options", "an object", options);
  for (const [key, value] of Object.entries(options)) {
    if (!known.has(key)) refuse("options", `only ${[...known].join(", ")}`, key);
    if (value === null) refuse(key, "a value or undefined", value);
  }
}

export function checkBoolean(option: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(option, "a boolean", value);
}

export function checkNumber(option: string, least: number, most: number, value: unknown): number {
  const sane = typeof value === "number" && value >= least && value <= most;
  return sane ? value : refuse(option, `a number from ${least} to ${most}`, value);
}

export function checkWholeNumber(option: string, least: number, most: number, value: unknown): number {
  const sane = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
  return sane ? value : refuse(option, `a whole number from ${least} to ${most}`, value);
}

/** A function, or nothing. */
export function checkFunction<Result>(option: string, value: unknown): Result | undefined {
  if (value === undefined || typeof value === "function") return value as Result | undefined;
  return refuse(option, "a function", value);
}

/** A list of which each entry is as expected. */
export function checkList<Entry>(
  option: string,
  expected: { readonly list: string; readonly entry: string },
  value: unknown,
  toEntry: (entry: unknown) => Entry | undefined,
): readonly Entry[] {
  if (!Array.isArray(value)) return refuse(option, expected.list, value);
  return value.map(
    (entry: unknown, index) => toEntry(entry) ?? refuse(`${option}[${index}]`, expected.entry, entry),
  );
}
