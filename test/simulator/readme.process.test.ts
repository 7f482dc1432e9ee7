import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ask, start } from "./support.ts";

const readme = readFileSync("packages/simulator/README.md", "utf8");

test("the example of the README runs and prints what it says", () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const promised = /\/\/ prints: (.*)/.exec(code)?.[1];
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "example.mts");
  writeFileSync(file, code);
  const output = execFileSync(process.execPath, ["--import", import.meta.resolve("tsx"), file], {
    env: { ...process.env, TSX_TSCONFIG_PATH: resolve("tsconfig.base.json") },
    encoding: "utf8",
  });
  expect(output.trim()).toBe(promised);
});

test("the README names the control operations that exist", async () => {
  const simulator = await start();
  const { body } = await ask(simulator, "/__simulator/none");
  const known = /one of (.*)/.exec(String(body?.error))?.[1]?.split(", ") ?? [];
  expect(known.length).toBeGreaterThan(0);
  for (const name of known) expect(readme).toContain(`${name.split(" ")[1]}\``);
});
