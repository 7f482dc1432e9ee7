import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeFiles } from "@intercom-telemetry/dashboards";
import { expect, it } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const COMMAND = [
  here("../../node_modules/tsx/dist/cli.mjs"),
  "--tsconfig",
  here("../../tsconfig.base.json"),
  here("./write-worker.ts"),
];
const PATHS = ["a/one.yaml", "b/two.yaml", "three.yaml"];

it("writers at the same time never mix their sets, and a reader finds every file at any time", async () => {
  const out = mkdtempSync(join(tmpdir(), "write-together-"));
  const read = () => PATHS.map((path) => readFileSync(join(out, path), "utf8").split(" ")[0]);
  writeFiles(
    out,
    PATHS.map((path) => ({ path, content: `first ${path}\n` })),
  );
  let running = true;
  const run = (name: string) => promisify(execFile)(process.execPath, [...COMMAND, out, name, "15"]);
  const writers = Promise.all(["red", "green", "blue"].map(run)).finally(() => {
    running = false;
  });
  let reads = 0;
  while (running) {
    for (const content of read()) expect(content).toMatch(/^(first|red|green|blue)$/);
    reads += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writers;
  expect(reads).toBeGreaterThan(10);
  expect(new Set(read()).size).toBe(1);
  expect(readdirSync(out).sort()).toEqual([".intercom-telemetry.json", "a", "b", "three.yaml"]);
  rmSync(out, { recursive: true });
});
