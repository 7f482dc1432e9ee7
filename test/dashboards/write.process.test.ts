import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeFiles } from "@intercom-telemetry/dashboards";
import { build } from "esbuild";
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

it("a process that is killed at any of its calls leaves every file whole, and the next run needs no help", async () => {
  const folder = mkdtempSync(join(tmpdir(), "write-killed-"));
  const out = join(folder, "out");
  const program = join(folder, "killed-write-worker.mjs");
  await build({
    entryPoints: [here("./killed-write-worker.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    tsconfig: here("../../tsconfig.base.json"),
  });
  const set = (content: string) => PATHS.map((path) => ({ path, content: `${content} ${path}\n` }));
  const read = () => PATHS.map((path) => readFileSync(join(out, path), "utf8"));
  const texts = (content: string) => set(content).map((file) => file.content);
  let deaths = 0;
  for (;;) {
    writeFiles(out, set("old"));
    const { signal, status, stderr } = spawnSync(process.execPath, [program, out, String(deaths + 1)]);
    if (signal === null) {
      expect([status, stderr.toString()]).toEqual([0, ""]);
      break;
    }
    expect(signal).toBe("SIGKILL");
    deaths += 1;
    for (const [index, text] of read().entries())
      expect([texts("old")[index], texts("new")[index]]).toContain(text);
    writeFiles(out, set("new"));
    expect(read()).toEqual(texts("new"));
    expect(readdirSync(out).sort()).toEqual([".intercom-telemetry.json", "a", "b", "three.yaml"]);
  }
  expect(read()).toEqual(texts("new"));
  expect(deaths).toBeGreaterThan(20);
  rmSync(folder, { recursive: true });
});
