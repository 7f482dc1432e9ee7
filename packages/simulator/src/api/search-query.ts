import { Refusal } from "./refusal.ts";
import { asNumber, asText } from "./scalars.ts";

/** From a field's name in a query to its value in a record; throws a Refusal for a field that cannot be searched. */
export type FieldReader<T> = (field: string) => (record: T) => unknown;

type Test = (actual: unknown, wanted: unknown) => boolean;

const MOST_LEVELS = 2;
const MOST_FILTERS = 15;

const lower = (value: unknown): string => asText(value).toLowerCase();
const same: Test = (actual, wanted) =>
  Array.isArray(actual)
    ? actual.some((each) => same(each, wanted))
    : lower(actual) === lower(wanted) && (actual === null) === (wanted === null);
const within: Test = (actual, wanted) => Array.isArray(wanted) && wanted.some((each) => same(actual, each));

const TESTS: ReadonlyMap<unknown, Test> = new Map<unknown, Test>([
  ["=", same],
  ["!=", (actual, wanted) => !same(actual, wanted)],
  ["IN", within],
  ["NIN", (actual, wanted) => !within(actual, wanted)],
  [">", (actual, wanted) => asNumber(actual) > asNumber(wanted)],
  ["<", (actual, wanted) => asNumber(actual) < asNumber(wanted)],
  ["~", (actual, wanted) => lower(actual).includes(lower(wanted))],
  ["!~", (actual, wanted) => !lower(actual).includes(lower(wanted))],
  ["^", (actual, wanted) => lower(actual).startsWith(lower(wanted))],
  ["$", (actual, wanted) => lower(actual).endsWith(lower(wanted))],
]);

const invalid = (message: string): never => {
  throw new Refusal(400, "parameter_invalid", message);
};

function compileGroup<T>(
  operator: "AND" | "OR",
  parts: unknown,
  read: FieldReader<T>,
  level: number,
): (record: T) => boolean {
  if (level > MOST_LEVELS) return invalid(`A query has at most ${MOST_LEVELS} levels`);
  if (!Array.isArray(parts) || parts.length === 0)
    return invalid("A group of filters must be a non-empty array");
  if (parts.length > MOST_FILTERS) return invalid(`A group has at most ${MOST_FILTERS} filters`);
  const tests = parts.map((part) => compile(part, read, level));
  return operator === "AND"
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record));
}

function compile<T>(query: unknown, read: FieldReader<T>, level: number): (record: T) => boolean {
  if (typeof query !== "object" || query === null || Array.isArray(query))
    return invalid("query must be an object");
  const { field, operator, value } = query as Readonly<Record<string, unknown>>;
  if (operator === "AND" || operator === "OR") return compileGroup(operator, value, read, level + 1);
  const test = TESTS.get(operator) ?? invalid("The operator is not known");
  if (typeof field !== "string") return invalid("A filter needs a field");
  const valueIn = read(field);
  return (record) => test(valueIn(record), value);
}

/**
 * Turns Intercom's search query into a predicate.
 *
 * @throws Refusal 400 for a query that Intercom would not take.
 */
export function compileQuery<T>(query: unknown, read: FieldReader<T>): (record: T) => boolean {
  return compile(query, read, 0);
}
