import { basename } from "node:path";
import { type Finding, hideCode, type Passage } from "./passage.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readTypeScript } from "./read-typescript.ts";
import { readYaml } from "./read-yaml.ts";
import { findLongSentences } from "./rules/sentences.ts";
import { findMisspellings } from "./rules/spelling.ts";
import { findTestNames } from "./rules/test-names.ts";
import { findWords } from "./rules/words.ts";

/** A file of the repository, by its path from the root. */
export interface SourceFile {
  readonly file: string;
  readonly content: string;
}

/** Everything that the rules refuse in some files. */
export async function findAll(files: readonly SourceFile[]): Promise<Finding[]> {
  const passages = files.flatMap(({ file, content }) => [readName(file), ...readText(file, content)]);
  return [
    ...passages.flatMap((passage) =>
      [findWords, findLongSentences, findTestNames].flatMap((find) => find(passage)),
    ),
    // Names may be abbreviations, and words of other programs.
    ...(await findMisspellings(passages.filter(({ kind }) => kind !== "name"))),
  ];
}

function readText(file: string, content: string): Passage[] {
  if (file.endsWith(".md")) return readMarkdown(file, content);
  return (/\.ya?ml$/.test(file) ? readYaml : readTypeScript)(file, content);
}

/** `rate-limit-window.test.ts` reads "rate limit window". */
const readName = (file: string): Passage => ({
  file,
  line: 1,
  kind: "file name",
  text: hideCode(basename(file).replace(/\..*$/, "").replaceAll("-", " ")),
});
