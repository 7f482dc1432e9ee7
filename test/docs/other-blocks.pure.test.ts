import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { at, type Block, readBlocks } from "./blocks.ts";
import { checkShell } from "./check-shell.ts";
import { ROOT, readPages } from "./pages.ts";

const blocks = readPages().flatMap(readBlocks);
const of = (...languages: readonly string[]): readonly Block[] =>
  blocks.filter(({ language }) => languages.includes(language));

const scripts = (file: string): readonly string[] => {
  if (!existsSync(`${ROOT}${file}`)) return [];
  const manifest = JSON.parse(readFileSync(`${ROOT}${file}`, "utf8"));
  return Object.keys(manifest.scripts ?? {});
};

const isPromql = (text: string): boolean => {
  let valid = true;
  parser.parse(text).iterate({
    enter: ({ type }) => {
      if (type.isError) valid = false;
    },
  });
  return valid;
};

describe("the other blocks in the docs", () => {
  it("are YAML that parses", () => {
    const wrong = of("yaml", "yml").filter(({ text }) =>
      parseAllDocuments(text).some(({ errors }) => errors.length > 0),
    );
    expect(wrong.map(at)).toEqual([]);
    expect(of("yaml").length).toBeGreaterThan(10);
  });

  it("are JSON that parses", () => {
    for (const block of of("json")) expect(() => JSON.parse(block.text), at(block)).not.toThrow();
  });

  it("are PromQL that parses", () => {
    expect(
      of("promql")
        .filter(({ text }) => !isPromql(text))
        .map(at),
    ).toEqual([]);
  });

  it("are commands that exist", () => {
    const root = scripts("package.json");
    const problems = of("sh", "bash", "shell").flatMap((block) => {
      const folder = posix.dirname(block.file);
      const own = folder.startsWith("examples/") ? scripts(`${folder}/package.json`) : [];
      return checkShell(block.text, [...root, ...own]).map((problem) => `${at(block)}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });
});
