/** Says what is wrong with a value; an empty list when nothing is. */
export type Shape = (value: unknown) => readonly string[];

const OPTIONAL = new WeakSet<Shape>();

/** A string that matches a pattern. */
export function text(pattern: RegExp): Shape {
  return (value) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : [`${JSON.stringify(value)} does not match ${pattern}`];
}

/** A field that may be missing. */
export function optional(shape: Shape): Shape {
  const wrapped: Shape = (value) => shape(value);
  OPTIONAL.add(wrapped);
  return wrapped;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const below = (name: string | number, errors: readonly string[]): readonly string[] =>
  errors.map((error) => (/^[\w.[\]]+: /.test(error) ? `${name}.${error}` : `${name}: ${error}`));

/** An object with these fields and no others. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    if (!isObject(value)) return ["expected an object"];
    const known = Object.entries(fields).flatMap(([name, shape]) => {
      if (value[name] === undefined) return OPTIONAL.has(shape) ? [] : [`${name}: missing`];
      return below(name, shape(value[name]));
    });
    const unknown = Object.keys(value).filter((name) => !(name in fields));
    return [...known, ...unknown.map((name) => `${name}: unknown`)];
  };
}

/** A list of one kind. */
export function listOf(shape: Shape): Shape {
  return (value) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((entry: unknown, index) => below(index, shape(entry)))
      : ["expected a list that is not empty"];
}

/** An object with any names and one kind of value. */
export function mapOf(shape: Shape): Shape {
  return (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, entry]) => below(name, shape(entry)))
      : ["expected an object"];
}

/** What is wrong with a value, each with its place. */
export function shapeErrors(shape: Shape, value: unknown): readonly string[] {
  return shape(value);
}
