import { type Check, refuse } from "./check.ts";

/** A plain object, or an error. */
export function plainObject(value: unknown, position: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse(position, "an object", value);
  }
  return value as Record<string, unknown>;
}

/** The checks of all keys of `T`; those of optional keys are marked with `optional`. */
export type Shape<T> = { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> };

/** An object with exactly the keys of a shape; an unknown key is an error. */
export function object<T extends object>(shape: Shape<T>): Check<T> {
  const checks = Object.entries(shape) as [string, Check<unknown>][];
  const keys = new Set(checks.map(([key]) => key));
  return (value, position) => {
    const given = plainObject(value, position);
    for (const key of Object.keys(given)) {
      // A mistyped key may hold a token, so its value is not repeated.
      if (!keys.has(key))
        throw new TypeError(`${position}.${key}: expected no such key (known: ${[...keys].join(", ")})`);
    }
    const result: Record<string, unknown> = {};
    for (const [key, check] of checks) {
      if (given[key] === undefined && check.optional) continue;
      result[key] = check(given[key], `${position}.${key}`);
    }
    return result as T;
  };
}

/** An array whose items all pass. */
export function list<T>(check: Check<T>, minLength = 0): Check<readonly T[]> {
  return (value, position) => {
    if (!Array.isArray(value) || value.length < minLength) {
      return refuse(position, minLength > 0 ? "a non-empty array" : "an array", value);
    }
    return value.map((item, index) => check(item, `${position}[${index}]`));
  };
}

/** An object with any keys, whose values all pass. */
export function record<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, position) =>
    Object.fromEntries(
      Object.entries(plainObject(value, position)).map(([key, item]) => [
        key,
        check(item, `${position}.${key}`),
      ]),
    );
}

/** The members of a discriminated union that can have a kind, narrowed to it. */
export type OfKind<T extends { readonly kind: string }, K> = T extends unknown
  ? K extends T["kind"]
    ? T & { readonly kind: K }
    : never
  : never;

/** A discriminated union: `kind` picks the check for the whole object. */
export function byKind<T extends { readonly kind: string }>(
  checks: { readonly [K in T["kind"]]: Check<OfKind<T, K>> },
): Check<T> {
  const kinds = Object.keys(checks) as T["kind"][];
  return (value, position) => {
    const { kind } = plainObject(value, position);
    const known = kinds.find((name) => name === kind);
    if (known === undefined) return refuse(`${position}.kind`, `one of ${kinds.join(", ")}`, kind);
    return checks[known](value, position) as T;
  };
}
