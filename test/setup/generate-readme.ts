/** `npm run generate:readme`: writes the tables and the sample output of the site and the READMEs from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { referenceBlocks } from "../../packages/site/scripts/reference-blocks.ts";
import { replaceBlock } from "./readme/blocks.ts";
import { exporterBlocks, fence, fetchBlocks } from "./readme/content.ts";
import { takeSampleOutput } from "./readme/sample-output.ts";

function write(path: string, blocks: Readonly<Record<string, string>>): void {
  const file = new URL(`../../${path}`, import.meta.url);
  let text = readFileSync(file, "utf8");
  for (const [name, content] of Object.entries(blocks)) text = replaceBlock(text, name, content);
  writeFileSync(file, text);
}

const sample = await takeSampleOutput();
write("packages/site/start/what-you-get.md", { span: fence(sample.span), series: fence(sample.metrics) });
write("packages/fetch/README.md", fetchBlocks());
write("packages/exporter/README.md", exporterBlocks());
for (const [page, blocks] of Object.entries(referenceBlocks())) write(`packages/site/${page}`, blocks);
