// `npm run lint:prose`: what people read is plain American English. With arguments, only files whose path begins with one.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { KnownGood } from "./known-good.ts";
import { listFiles } from "./list-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const only = process.argv.slice(2);

const files = listFiles(root)
  .filter((file) => only.length === 0 || only.some((start) => file.startsWith(start)))
  .map((file) => ({ file, content: readFileSync(`${root}${file}`, "utf8") }));
const known = new KnownGood(`${root}node_modules/.cache/prose.json`);
const changed = files.filter(({ file, content }) => !known.has(file, content));

// Loaded when there is something to read: the compiler and the dictionaries take a second.
const findings = changed.length === 0 ? [] : await (await import("./find-all.ts")).findAll(changed);
if (only.length === 0) known.save(new Set(findings.map(({ file }) => file)));
for (const { file, line, says } of findings) process.stdout.write(`${file}:${line} ${says}\n`);
process.stdout.write(
  `${findings.length} findings in ${files.length} files, ${changed.length} of them changed\n`,
);
if (findings.length > 0) process.exitCode = 1;
