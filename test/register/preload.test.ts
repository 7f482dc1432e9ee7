import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isRequiredBeforeCommonJs } from "../../packages/register/src/imports/preload.ts";

let folder: string;

const FILES = {
  "package.json": "{}",
  "plain.js": 'const axios = require("axios");\n// import axios from "axios";\n',
  "syntax.js": '#!/usr/bin/env node\nimport axios from "axios";\n',
  "cjs/package.json": '{ "type": "commonjs" }',
  "cjs/main.js": "",
  "cjs/bin": "",
  "esm/package.json": '{ "type": "module" }',
  "esm/main.js": "",
  "esm/main.cjs": "",
  "broken/package.json": "{",
  "broken/main.js": "",
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "preload-"));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isRequired = (main: string, execArgv: readonly string[], nodeOptions = "") =>
  isRequiredBeforeCommonJs({ execArgv, nodeOptions, main: join(folder, main) });

it.each([
  ["plain.js", true],
  ["plain", true],
  ["syntax.js", false],
  ["cjs/main.js", true],
  ["cjs/bin", true],
  ["esm/main.js", false],
  ["esm/main.cjs", true],
  ["esm/main.mjs", false],
  ["esm/main.ts", false],
  ["broken/main.js", true],
])("%s is started with --require as CommonJS: %s", (main, expected) => {
  expect(isRequired(main, ["--require", "x"])).toBe(expected);
  expect(isRequired(main, ["-r", "x"])).toBe(expected);
  expect(isRequired(main, [], "--max-old-space-size=64 --require=x")).toBe(expected);
});

it("a program that is started with --import, or has no file, does not count as started with --require", () => {
  expect(isRequired("plain.js", ["--import", "x"])).toBe(false);
  expect(isRequiredBeforeCommonJs({ execArgv: ["-r", "x"], nodeOptions: "", main: undefined })).toBe(false);
});
