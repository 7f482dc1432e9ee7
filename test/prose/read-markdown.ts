import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { SKIP, visit } from "unist-util-visit";
import { CODE, hideCode, type Passage } from "./passage.ts";

/** The paragraphs, headings and table cells of a Markdown file. */
export function readMarkdown(file: string, source: string): Passage[] {
  const tree = fromMarkdown(withoutFrontMatter(source), {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const passages: Passage[] = [];
  visit(tree, (node) => {
    if (node.type !== "paragraph" && node.type !== "heading" && node.type !== "tableCell") return undefined;
    const text = hideCode(plain(node)).replace(/\s+/g, " ").trim();
    passages.push({ file, line: node.position?.start.line ?? 1, kind: "markdown", text });
    return SKIP;
  });
  return passages;
}

/** Line numbers stay as they are. */
const withoutFrontMatter = (source: string) =>
  source.replace(/^---\n[\s\S]*?\n---\n/, (matter) => matter.replace(/[^\n]/g, ""));

function plain(node: Nodes): string {
  if (node.type === "inlineCode" || node.type === "html") return node.type === "html" ? " " : CODE;
  if (node.type === "text") return node.value;
  if (node.type === "break") return " ";
  return "children" in node ? node.children.map(plain).join("") : "";
}
