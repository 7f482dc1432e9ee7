import { matchOperation } from "@intercom-telemetry/core";
import { KNOWN_METHODS } from "@intercom-telemetry/core/contract";
import { ALL_OPERATIONS, type DocumentedOperation } from "@intercom-telemetry/core/facts";
import { describe, expect, it } from "vitest";
import { describePath } from "../support/describe-path.ts";

const isParameter = (segment: string): boolean => segment.startsWith("{");
const segmentsOf = ({ template }: DocumentedOperation): string[] => template.slice(1).split("/");

/** A path of this operation, each parameter filled in. */
const pathOf = ({ template }: DocumentedOperation, value = "5f0c1b2a3d"): string =>
  template.replaceAll(/\{[^}]+\}/g, value);

/** Whether a path of the one could be read as a path of the other. */
function collide(one: DocumentedOperation, other: DocumentedOperation): boolean {
  const left = segmentsOf(one);
  const right = segmentsOf(other);
  return (
    one !== other &&
    one.method === other.method &&
    left.length === right.length &&
    left.every((segment, index) => segment === right[index] || isParameter(right[index] ?? ""))
  );
}

const collisions = ALL_OPERATIONS.flatMap((one) =>
  ALL_OPERATIONS.filter((other) => collide(one, other)).map((other) => [one, other] as const),
);

describe.each(
  ALL_OPERATIONS.map((operation) => [`${operation.method} ${operation.template}`, operation] as const),
)("%s", (_, operation) => {
  it.each([
    ["ids", pathOf(operation)],
    ["UUIDs", pathOf(operation, "4b1e0c0e-7a0e-4d47-8d3c-1e0f1f5cbb11")],
    ["percent-encoded ids", pathOf(operation, "a%40b%2Fc")],
    ["a trailing slash", `${pathOf(operation)}/`],
    ["a query", `${pathOf(operation)}?page=1&q=/contacts/1`],
  ])("is found with %s", (__, path) => {
    expect(describePath(operation.method, path)).toEqual({
      method: operation.method,
      template: operation.template,
      documented: operation,
    });
  });
});

it("a literal wins over a parameter for every pair of operations that could be confused", () => {
  expect(collisions.length).toBeGreaterThan(10);
  expect(collisions.map(([one, other]) => `${one.method} ${one.template} ${other.template}`)).toContain(
    "GET /companies/scroll /companies/{id}",
  );
  for (const [literal, parameter] of collisions) {
    expect(matchOperation(literal.method, pathOf(literal))).toBe(literal);
    expect(matchOperation(parameter.method, pathOf(parameter))).toBe(parameter);
  }
});

it("no two operations of the table have paths that nothing can tell apart", () => {
  const both = collisions.filter(([one, other]) => collide(other, one));
  expect(both).toEqual([]);
});

it.each([
  ["a path in no table", "GET", "/nowhere"],
  ["the root", "GET", "/"],
  ["an empty segment as id", "GET", "/contacts//"],
  ["an empty segment before it", "GET", "//contacts"],
  ["two trailing slashes", "GET", "/contacts/1//"],
  ["a deeper path", "GET", "/contacts/1/tags/2/3"],
  ["another method", "PATCH", "/contacts/1"],
  ["no leading slash", "GET", "contacts/1"],
  ["nothing", "GET", ""],
  ["upper case", "GET", "/Contacts/1"],
  ["a path of 3 kB", "GET", `/contacts/${"x".repeat(3000)}`],
  ["names of prototypes", "GET", "/constructor/__proto__"],
  ["a method of prototypes", "constructor", "/contacts/1"],
])("%s matches nothing", (_, method, path) => {
  expect(matchOperation(method, path)).toBeUndefined();
});

it("an encoded literal is the literal, an encoded slash is not a slash", () => {
  expect(matchOperation("GET", "/companies/scr%6Fll")?.template).toBe("/companies/scroll");
  expect(matchOperation("GET", "/contacts/1%2Ftags")?.template).toBe("/contacts/{id}");
  expect(matchOperation("GET", "/contacts/%E0%A4%A")?.template).toBe("/contacts/{id}");
});

it("HEAD finds the operations of GET, and keeps its name", () => {
  expect(describePath("HEAD", "/contacts/1")).toMatchObject({ method: "HEAD", template: "/contacts/{id}" });
});

it.each([...KNOWN_METHODS])("%s is known in any case", (method) => {
  expect(describePath(method.toLowerCase(), "/nowhere").method).toBe(method);
  expect(describePath(method, "/nowhere")).toBe(describePath(method.toLowerCase(), "/nowhere"));
});

it.each(["PURGE", "", "get ", "constructor", "_OTHER", "GETT"])('"%s" is _OTHER', (method) => {
  expect(describePath(method, "/contacts/1")).toEqual({ method: "_OTHER", template: "unmatched" });
});
