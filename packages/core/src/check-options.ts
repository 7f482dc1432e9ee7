import { describeValue } from "@intercom-telemetry/guards/shape";

/** @throws TypeError naming the option, what was expected and what came. */
export function refuse(option: string, expected: string, value: unknown): never {
  throw new TypeError(`${option}: expected ${expected}, got ${describeValue(value, expected)}`);
}

/** The options as an object whose keys are all known. */
export function checkKeys(options: unknown, known: ReadonlySet<string>): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    refuse("options", "an object", options);
  }
  const unknown = Object.keys(options).find((key) => !known.has(key));
  if (unknown !== undefined) refuse("options", `only ${[...known].join(", ")}`, unknown);
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
