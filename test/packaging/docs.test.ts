import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, type Block, isProgram, readBlocks } from "../docs/blocks.ts";
import { readPages } from "../docs/pages.ts";
import { runFile } from "../docs/run-blocks.ts";
import { createProject, packAll } from "./packed.ts";

/** What the reader is told to install beside our packages. */
const DEPENDENCIES = {
  axios: "1.21.1",
  "intercom-client": "7.0.3",
  "prom-client": "15.1.3",
  "@opentelemetry/api": "1.9.1",
};
const PAGES = [
  "README.md",
  ...["axios", "fetch", "lambda", "nextjs", "sdk-7", "without-an-account"].map(toPath),
];

function toPath(name: string): string {
  return `packages/site/start/${name}.md`;
}

const blocks = readPages()
  .filter(({ file }) => PAGES.includes(file))
  .flatMap(readBlocks)
  // What a page installs later on, such as ky, is no part of this project.
  .filter((block) => isProgram(block) && block.run && !/from "(ky|undici)"/.test(block.text));

/** As a reader saves it: CommonJS where it says `require`, and without types, which a reader's own tools take out. */
async function toFile({ text, language }: Block, name: string): Promise<{ name: string; code: string }> {
  const extension = /\brequire\(/.test(text) ? "cjs" : "mjs";
  const { code } = await transform(text, { loader: language === "ts" ? "ts" : "js", target: "node20" });
  return { name: `${name}.${extension}`, code };
}

describe("the programs that a reader begins with, from the packed packages in an empty folder", () => {
  let packed: ReturnType<typeof packAll>;
  let project: ReturnType<typeof createProject>;
  let simulator: Simulator;

  beforeAll(async () => {
    packed = packAll();
    project = createProject(packed.tarballs, DEPENDENCIES);
    simulator = await startSimulator();
  });

  afterAll(async () => {
    await simulator?.close();
    project?.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  it.each(blocks.map((block) => [at(block), block] as const))("%s", async (place, block) => {
    const { name, code } = await toFile(block, place.replace(/\W+/g, "-"));
    project.write(name, code);
    expect(await runFile(join(project.folder, name), block, simulator.url)).toBeUndefined();
  });

  it("are those of every page that begins with one", () => {
    expect(new Set(blocks.map(({ file }) => file))).toEqual(new Set(PAGES));
  });
});
