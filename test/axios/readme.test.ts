import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBlock } from "../setup/readme/blocks.ts";
import { fence, tableBlocks } from "../setup/readme/content.ts";
import { takeSampleOutput } from "../setup/readme/sample-output.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** Values, ports and ids differ from run to run; names, labels and the rest of the text do not. */
const withoutValues = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/ [\d.e+-]+$/, "").replace(/(request\.id|rate_limit\.reset): .*/, "$1"));

describe("README.md", () => {
  it.each(Object.entries(tableBlocks()))(
    "says of %s what the code says (else: npm run generate:readme)",
    (name, content) => {
      expect(readBlock(readme, name)).toBe(content);
    },
  );

  it("shows the span and the series that a run gives today (else: npm run generate:readme)", async () => {
    const sample = await takeSampleOutput();
    expect(withoutValues(readBlock(readme, "span"))).toEqual(withoutValues(fence(sample.span)));
    expect(withoutValues(readBlock(readme, "series"))).toEqual(withoutValues(fence(sample.metrics)));
  });
});
