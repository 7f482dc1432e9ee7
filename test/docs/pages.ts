import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

export type Token = ReturnType<MarkdownIt["parse"]>[number];

/** A Markdown file of the repository. */
export interface Page {
  /** Path in the repository. */
  readonly file: string;
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Written by a program whose own tests look at what it writes, or not for readers. */
const LEFT_OUT = /^\.changeset\/|\/generated\/|CHANGELOG\.md$|^\.github\//;

const markdown = new MarkdownIt({ html: true });

/** What stands between the two lines of dashes is VitePress's, not prose. */
const withoutFrontMatter = (text: string): string =>
  text.replace(/^---\n[\s\S]*?\n---\n/, (found) => "\n".repeat(found.split("\n").length - 1));

function readPage(file: string): Page {
  const text = readFileSync(`${ROOT}${file}`, "utf8");
  return { file, text, tokens: markdown.parse(withoutFrontMatter(text), {}) };
}

/** Every Markdown file that people read, those not yet committed among them. */
export function readPages(): readonly Page[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"];
  const files = execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  return [...new Set(files)].filter((file) => !LEFT_OUT.test(file)).map(readPage);
}
