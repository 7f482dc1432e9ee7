import { readFileSync } from "node:fs";
import { readBlock } from "@intercom-telemetry/guards/markdown";
import { describe, expect, it } from "vitest";
import { referenceBlocks } from "../../packages/site/scripts/reference-blocks.ts";
import { fence, fetchBlocks } from "../../packages/toolchain/src/readme/content.ts";
import { takeSampleOutput } from "../../packages/toolchain/src/readme/sample-output.ts";

const read = (file: string): string =>
  readFileSync(new URL(`../../packages/${file}`, import.meta.url), "utf8");

/** Values, ports and ids differ from run to run; names, labels and the rest do not. */
const withoutValues = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/ [\d.e+-]+$/, "").replace(/(request\.id|rate_limit\.reset): .*/, "$1"));

const PAGES = {
  "fetch/README.md": fetchBlocks(),
  ...Object.fromEntries(Object.entries(referenceBlocks()).map(([page, blocks]) => [`site/${page}`, blocks])),
};

describe("what the code writes into the docs (else: npm run generate)", () => {
  const blocks = Object.entries(PAGES).flatMap(([file, parts]) =>
    Object.entries(parts).map(([name, content]) => [file, name, content] as const),
  );

  it.each(blocks)("%s: %s", (file, name, content) => {
    expect(readBlock(read(file), name)).toBe(content);
  });

  it("site/start/what-you-get.md: the span and the series that a run gives today", async () => {
    const page = read("site/start/what-you-get.md");
    const sample = await takeSampleOutput();
    expect(withoutValues(readBlock(page, "span"))).toEqual(withoutValues(fence(sample.span)));
    expect(withoutValues(readBlock(page, "series"))).toEqual(withoutValues(fence(sample.metrics)));
  });
});
