import { type Path, type Problem, type Report, refuse, refuseSecret } from "./problem.ts";

/** Reads a value as a `T`, or reports what is wrong with it. */
export type Shape<T> = (value: unknown, path: Path, report: Report) => T | undefined;

/** A value for which a test is true. */
export function satisfies<T>(expected: string, test: (value: unknown) => boolean): Shape<T> {
  return (value, path, report) => (test(value) ? (value as T) : refuse(report, path, expected, value));
}

/** A string, for which a test or a pattern may ask more. */
export function string(
  expected = "a string",
  test: RegExp | ((text: string) => boolean) = () => true,
): Shape<string> {
  const isRight = test instanceof RegExp ? (text: string) => test.test(text) : test;
  return satisfies(expected, (value) => typeof value === "string" && isRight(value));
}

/** A string that is not empty. */
export const filledString: Shape<string> = string("a non-empty string", (text) => text !== "");

/** A string that no message repeats, not even in part. */
export function secret(
  expected = "a non-empty string",
  test: (text: string) => boolean = (text) => text !== "",
): Shape<string> {
  return (value, path, report) =>
    typeof value === "string" && test(value) ? value : refuseSecret(report, path, expected, value);
}

export const boolean: Shape<boolean> = satisfies("a boolean", (value) => typeof value === "boolean");

/** A number in a closed range. */
export const number = (least: number, most: number): Shape<number> =>
  satisfies(
    `a number from ${least} to ${most}`,
    (value) => typeof value === "number" && value >= least && value <= most,
  );

/** A whole number in a closed range. */
export const integer = (least: number, most: number): Shape<number> =>
  satisfies(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  );

/** One of a closed set of words or numbers. */
export const oneOf = <T extends string | number>(words: readonly T[]): Shape<T> =>
  satisfies(`one of ${words.join(", ")}`, (value) => words.some((word) => word === value));

/** Anything. */
export const anything: Shape<unknown> = (value) => value;

/** A value that may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, path, report) => (value === undefined ? undefined : shape(value, path, report));
}

/** A value that may be left out, and is then this one, which is not checked. */
export function withDefault<T>(shape: Shape<T>, fallback: T): Shape<T> {
  return (value, path, report) => (value === undefined ? fallback : shape(value, path, report));
}

/** Asks more of a value that has the shape. */
export function refine<T>(shape: Shape<T>, check: (value: T, path: Path, report: Report) => void): Shape<T> {
  return convert(shape, (value, path, report) => {
    check(value, path, report);
    return value;
  });
}

/** Turns a value that has the shape into another. */
export function convert<T, U>(
  shape: Shape<T>,
  turn: (value: T, path: Path, report: Report) => U | undefined,
): Shape<U> {
  return (value, path, report) => {
    let isRight = true;
    const read = shape(value, path, (place, message) => {
      isRight = false;
      report(place, message);
    });
    return isRight ? turn(read as T, path, report) : undefined;
  };
}

/** What came of reading a value: it, or what is wrong with it. */
export type Reading<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Reads a value and finds all that is wrong with it. */
export function read<T>(shape: Shape<T>, given: unknown, path: Path = []): Reading<T> {
  const problems: Problem[] = [];
  const value = shape(given, path, (place, message) => problems.push({ path: place, message }));
  return problems.length > 0 ? { problems } : { value: value as T };
}
