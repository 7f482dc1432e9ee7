import { isJsonObject } from "../json/json.ts";
import { nearestWords } from "./nearest.ts";
import { type Path, refuse } from "./problem.ts";
import { read as readValue, refine, type Shape } from "./shape.ts";

/** The shapes of all keys of `T`; those of keys that may be left out are marked with `optional` or `withDefault`. */
export type Fields<T> = { readonly [Key in keyof T]-?: Shape<T[Key]> };

/** An object with known keys only. A mistyped key may be a secret in the wrong place, so it is not repeated. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const shapes: ReadonlyMap<string, Shape<unknown>> = new Map(Object.entries<Shape<unknown>>(fields));
  const names = [...shapes.keys()];
  return (value, path, report) => {
    if (!isJsonObject(value)) return refuse(report, path, `an object with ${names.join(", ")}`, value);
    for (const key of Object.keys(value)) {
      if (shapes.has(key)) continue;
      const [near] = nearestWords(key, names, 1);
      const hint = near === undefined ? `expected one of ${names.join(", ")}` : `did you mean ${near}?`;
      report([...path, key], `unknown key, ${hint}`);
    }
    const entries = [...shapes].map(([key, shape]) => [key, shape(value[key], [...path, key], report)]);
    return Object.fromEntries(entries.filter(([, read]) => read !== undefined)) as T;
  };
}

/** An object that may be left out, and then has the defaults of its keys. */
export function orEmpty<T extends object>(shape: Shape<T>): Shape<T> {
  return (value, path, report) => shape(value === undefined ? {} : value, path, report);
}

/** A list whose entries all have a shape. */
export function list<T>(shape: Shape<T>, least = 0): Shape<readonly T[]> {
  const expected = least > 0 ? "a list with at least one entry" : "a list";
  return (value, path, report) => {
    if (!Array.isArray(value) || value.length < least) return refuse(report, path, expected, value);
    return value.map((entry: unknown, index) => shape(entry ?? null, [...path, index], report) as T);
  };
}

/** Asks that no two entries have the same key. */
export function distinct<T>(
  shape: Shape<readonly T[]>,
  keyOf: (entry: T) => unknown,
  keys: Path = [],
): Shape<readonly T[]> {
  return refine(shape, (entries, path, report) => {
    const seen = entries.map(keyOf);
    for (const index of seen.keys()) {
      if (seen.indexOf(seen[index]) < index)
        report([...path, index, ...keys], "expected a distinct value, got one that is taken");
    }
  });
}

/** An object with any keys of a pattern, whose values all have a shape. */
export function record<T>(
  shape: Shape<T>,
  expectedKey = "a name",
  isKey: (key: string) => boolean = () => true,
): Shape<Readonly<Record<string, T>>> {
  return (value, path, report) => {
    if (!isJsonObject(value)) return refuse(report, path, "an object", value);
    const entries = Object.entries(value).map(([key, entry]) => {
      if (!isKey(key)) refuse(report, [...path, key], `${expectedKey} as key`, key);
      return [key, shape(entry ?? null, [...path, key], report) as T] as const;
    });
    return Object.fromEntries(entries);
  };
}

/** The members of a discriminated union that have a value in a key, narrowed to it. */
export type OfKind<T, Key extends keyof T, Kind> = T extends unknown
  ? Kind extends T[Key]
    ? T & { readonly [K in Key]: Kind }
    : never
  : never;

/** A discriminated union: the value of a key picks the shape of the whole object. */
export function byKey<T extends object, Key extends keyof T & string>(
  key: Key,
  shapes: { readonly [Kind in T[Key] & string]: Shape<OfKind<T, Key, Kind>> },
): Shape<T> {
  const byKind: ReadonlyMap<unknown, Shape<unknown>> = new Map(Object.entries<Shape<unknown>>(shapes));
  const expected = `one of ${[...byKind.keys()].join(", ")}`;
  return (value, path, report) => {
    if (!isJsonObject(value)) return refuse(report, path, `an object with ${key}`, value);
    const shape = byKind.get(value[key]);
    if (!shape) return refuse(report, [...path, key], expected, value[key]);
    return shape(value, path, report) as T | undefined;
  };
}

/** The first shape that reads the value counts. */
export function either<A, B>(expected: string, first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, path, report) => {
    for (const shape of [first, second]) {
      const reading = readValue<A | B>(shape, value);
      if ("value" in reading) return reading.value;
    }
    return refuse(report, path, expected, value);
  };
}
