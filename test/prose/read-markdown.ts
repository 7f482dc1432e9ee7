import MarkdownIt from "markdown-it";
import { CODE, hideCode, type Passage } from "./passage.ts";

type Token = ReturnType<MarkdownIt["parse"]>[number];

const markdown = new MarkdownIt({ html: true });

/** The paragraphs, headings and table cells of a Markdown file. */
export function readMarkdown(file: string, source: string): Passage[] {
  const passages: Passage[] = [];
  let line = 1;
  for (const { type, map, children } of markdown.parse(withoutFrontMatter(source), {})) {
    // The cells of a table have the line of their row.
    if (map) line = map[0] + 1;
    if (type !== "inline") continue;
    const text = hideCode((children ?? []).map(plain).join(""))
      .replace(/\s+/g, " ")
      .trim();
    passages.push({ file, line, kind: "markdown", text });
  }
  return passages;
}

/** Line numbers stay as they are. */
const withoutFrontMatter = (source: string) =>
  source.replace(/^---\n[\s\S]*?\n---\n/, (matter) => matter.replace(/[^\n]/g, ""));

function plain({ type, content }: Token): string {
  if (type === "text") return content;
  if (type === "code_inline") return CODE;
  return type === "softbreak" || type === "hardbreak" || type === "html_inline" ? " " : "";
}
