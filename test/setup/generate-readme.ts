/** `npm run generate:readme`: writes the tables and the sample output of README.md from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { replaceBlock } from "./readme/blocks.ts";
import { fence, tableBlocks } from "./readme/content.ts";
import { takeSampleOutput } from "./readme/sample-output.ts";

const file = new URL("../../README.md", import.meta.url);
let text = readFileSync(file, "utf8");
const sample = await takeSampleOutput();
const blocks = { ...tableBlocks(), span: fence(sample.span), series: fence(sample.metrics) };
for (const [name, content] of Object.entries(blocks)) text = replaceBlock(text, name, content);
writeFileSync(file, text);
