import { expect, it } from "vitest";
import { at, type Block, isProgram, readBlocks } from "./blocks.ts";
import { readPages } from "./pages.ts";

/** What a new user follows from top to bottom in an empty folder. */
const FOR_USERS = /^(README\.md|packages\/site\/.*|packages\/\w+\/README\.md)$/;

const packageOf = (module: string): string =>
  module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");

function listImported({ text }: Block): readonly string[] {
  const modules = [...text.matchAll(/(?:\bfrom |\bimport |\brequire\()"([^"./][^"]*)"/g)].map(
    ([, module = ""]) => module,
  );
  return modules.filter((module) => !module.startsWith("node:")).map(packageOf);
}

function listInstalled(blocks: readonly Block[]): readonly string[] {
  const lines = blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.split("\n"));
  const words = lines.filter((line) => line.startsWith("npm install ")).flatMap((line) => line.split(" "));
  return words.map((word) => word.replace(/(?<=.)@.*/, ""));
}

/** The imports of programs whose packages the page names in no `npm install`. */
function listMissing(blocks: readonly Block[]): readonly string[] {
  const installed = listInstalled(blocks);
  const programs = blocks.filter((block) => isProgram(block) && block.run);
  return programs.flatMap((block) => {
    const missing = listImported(block).filter((name) => !installed.includes(name));
    return missing.map((name) => `${at(block)}: ${name} is not installed`);
  });
}

it("a page says to install what its programs import", () => {
  const pages = readPages().filter(({ file }) => FOR_USERS.test(file));
  expect(pages.map(readBlocks).flatMap(listMissing)).toEqual([]);
});

it("a page that does not say so is found", () => {
  const block = { file: "a.md", line: 1, noRun: undefined, sdk: "7", output: undefined } as const;
  const install = { ...block, language: "sh", text: "npm install @a/b@1.0.0 c", run: false };
  const text = 'import "@a/b/deep";\nimport d from "d";\nconst c = require("c");\nimport "node:fs";\n';
  expect(listMissing([install, { ...block, language: "ts", text, run: true }])).toEqual([
    "a.md:1: d is not installed",
  ]);
});
