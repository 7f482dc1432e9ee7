import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { hideCode, type Passage } from "./passage.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readTypeScript } from "./read-typescript.ts";
import { readYaml } from "./read-yaml.ts";

export function readFiles(root: string, files: readonly string[]): Passage[] {
  return files.flatMap((file) => [readName(file), ...readText(file, readFileSync(`${root}${file}`, "utf8"))]);
}

function readText(file: string, source: string): Passage[] {
  if (file.endsWith(".md")) return readMarkdown(file, source);
  return (/\.ya?ml$/.test(file) ? readYaml : readTypeScript)(file, source);
}

/** `rate-limit-window.test.ts` reads "rate limit window". */
const readName = (file: string): Passage => ({
  file,
  line: 1,
  kind: "file name",
  text: hideCode(basename(file).replace(/\..*$/, "").replaceAll("-", " ")),
});
