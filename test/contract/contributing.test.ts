import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = readFileSync(`${root}CONTRIBUTING.md`, "utf8");

it("the contributor's guide shows the transport that is tested", () => {
  const shown = /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
  const tested = readFileSync(`${root}test/core/own-transport.unit.test.ts`, "utf8");
  expect(/\/\/ region: transport\n([\s\S]*?)\/\/ end\n/.exec(tested)?.[1]).toBe(shown);
});

it("the contributor's guide names files that exist", () => {
  const named = [...guide.matchAll(/`((?:packages|test)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});
