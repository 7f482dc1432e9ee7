// `npm run lint:prose`: what people read is plain American English. With arguments, only files whose path begins with one.
import { fileURLToPath } from "node:url";
import { listFiles } from "./list-files.ts";
import { readFiles } from "./read-files.ts";
import { findLongSentences } from "./rules/sentences.ts";
import { findMisspellings } from "./rules/spelling.ts";
import { findTestNames } from "./rules/test-names.ts";
import { findWords } from "./rules/words.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const only = process.argv.slice(2);

const files = listFiles(root).filter(
  (file) => only.length === 0 || only.some((start) => file.startsWith(start)),
);
const passages = readFiles(root, files);
const findings = [
  ...passages.flatMap((passage) =>
    [findWords, findLongSentences, findTestNames].flatMap((find) => find(passage)),
  ),
  ...(await findMisspellings(passages)),
];
for (const { file, line, says } of findings) process.stdout.write(`${file}:${line} ${says}\n`);
process.stdout.write(`${findings.length} findings in ${files.length} files\n`);
if (findings.length > 0) process.exitCode = 1;
