import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { PACKAGES, PUBLISHED, readSources } from "../support/packages.ts";
import { EXPORTS } from "./published-names.ts";

const sources = readSources();

/** The export statements of an entry point, and whatever else stands in it. */
function readEntry(path: string) {
  const { statements } = ts.createSourceFile(path, sources.get(path) ?? "", ts.ScriptTarget.ES2022);
  const values: string[] = [];
  const types: string[] = [];
  const others: string[] = [];
  for (const statement of statements) {
    const named = ts.isExportDeclaration(statement) && statement.exportClause;
    if (!named || !ts.isNamedExports(named) || !statement.moduleSpecifier) {
      others.push(ts.SyntaxKind[statement.kind] ?? "unknown");
      continue;
    }
    const names = named.elements.map(({ name }) => name.text);
    (statement.isTypeOnly ? types : values).push(...names);
  }
  return { values: values.sort(), types: types.sort(), others };
}

/** Entry points that are loaded for what they do. */
const ACTING = ["register/src/index.ts"];

it("each published library has its entry point in the list", () => {
  const libraries = PUBLISHED.filter(({ folder }) => folder !== "cli");
  const entries = libraries.map(({ folder }) => `${folder}/src/index.ts`);
  expect([...Object.keys(EXPORTS), ...ACTING]).toEqual(expect.arrayContaining(entries));
});

it.each(ACTING)("%s exports nothing", (path) => {
  const { values, types, others } = readEntry(path);
  expect({ values, types, others }).toEqual({
    values: [],
    types: [],
    others: ["ImportDeclaration", "ExpressionStatement"],
  });
});

describe.each(Object.entries(EXPORTS))("%s", (path, { values, types }) => {
  it("exports exactly what the list says, types apart from values, and holds nothing else", () => {
    expect(readEntry(path)).toEqual({ values, types, others: [] });
  });

  it("gives these values at run time", async () => {
    const module = (await import(join(PACKAGES, path))) as Record<string, unknown>;
    expect(Object.keys(module).sort()).toEqual(values);
    for (const name of values) expect(module[name], name).toBeDefined();
  });
});
