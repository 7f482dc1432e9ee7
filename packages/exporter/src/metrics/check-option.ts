import { describeValue } from "@intercom-telemetry/core";

/** Throws a TypeError that names the option, what was expected and what came, unless the value is right. */
export function requireOption(
  name: string,
  value: unknown,
  expected: string,
  isRight: (value: unknown) => boolean,
): void {
  if (!isRight(value))
    throw new TypeError(`option ${name}: expected ${expected}, got ${describeValue(value, expected)}`);
}

/** Throws a TypeError unless `options` is an object whose keys are all known. */
export function refuseUnknownKeys(functionName: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${functionName}: expected an object of options, got ${describeValue(options)}`);
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const names = known.join(", ");
  throw new TypeError(
    `${functionName}: expected only the options ${names}, got ${describeValue(unknown, names)}`,
  );
}
