import { describeValue } from "./describe-value.ts";

/** Where a value stands: keys and indexes from the outside in. */
export type Path = readonly (string | number)[];

/** What is wrong with one value. Says nothing of the value that may be a secret. */
export interface Problem {
  readonly path: Path;
  /** `expected a boolean, got 3`. */
  readonly message: string;
}

/** Takes a problem. */
export type Report = (path: Path, message: string) => void;

/** Reports what was expected and what came: a documented word with a typo or a short number as it is, else its kind. */
export function refuse(report: Report, path: Path, expected: string, value: unknown): undefined {
  report(
    path,
    `expected ${expected}, got ${value === undefined ? "nothing" : describeValue(value, expected)}`,
  );
  return undefined;
}

/** The same where a secret may stand: not even a short number is repeated. */
export function refuseSecret(report: Report, path: Path, expected: string, value: unknown): undefined {
  const isShown = typeof value === "object" || typeof value === "boolean" || value === "";
  const got = value === undefined ? "nothing" : isShown ? describeValue(value) : `a ${typeof value}`;
  report(path, `expected ${expected}, got ${got}`);
  return undefined;
}

/** Names have no digits, as tokens and numbers of people do. */
const SHOWABLE_KEY = /^[a-z_][a-z_.-]{0,39}$/i;

/** A path as one reads it: `clients[0].region`. A key that could be a secret is told by its length only. */
export function formatPath(path: Path): string {
  return path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    const key = SHOWABLE_KEY.test(step) ? step : `(a key of ${step.length} characters)`;
    return before === "" ? key : `${before}.${key}`;
  }, "");
}
