import { readFileSync } from "node:fs";
import { readBlock } from "@intercom-telemetry/guards/markdown";
import { expect, it } from "vitest";
import { fetchBlocks } from "../setup/readme/content.ts";

const readme = readFileSync(new URL("../../packages/fetch/README.md", import.meta.url), "utf8");

it.each(Object.entries(fetchBlocks()))(
  "the README of the fetch package says of %s what the code says (else: npm run generate)",
  (name, content) => {
    expect(readBlock(readme, name)).toBe(content);
  },
);
