import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("SECURITY.md", root), "utf8");
const cells = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && line.includes("`test/"))
  .map((line) => line.split("|").slice(1, 3));
const references = cells.flatMap(([promise = "", tests = ""]) =>
  tests.split("<br>").map((reference) => [promise.trim(), reference.trim()] as const),
);

/** What a test or a group of tests may be called in its source: quotation marks are escaped there. */
const spellings = (name: string): readonly string[] => [`"${name}"`, `'${name.replaceAll("'", "\\'")}'`];

describe("each promise of SECURITY.md is held by a test that exists", () => {
  it("for every boundary", () => {
    expect(page.match(/^\| Promise \| Held by \|$/gm)).toHaveLength(
      page.match(/^### (?!Figures|Not)/gm)?.length ?? 0,
    );
    expect(references.length).toBeGreaterThan(30);
  });

  it.each(references)("%s: %s", (_, reference) => {
    const [, file = "", name = ""] = /^`(test\/[\w./-]+)`: (.+)$/.exec(reference) ?? [];
    expect(name).not.toBe("");
    expect(existsSync(new URL(file, root))).toBe(true);
    const source = readFileSync(new URL(file, root), "utf8");
    expect(spellings(name).some((spelling) => source.includes(spelling))).toBe(true);
  });
});
