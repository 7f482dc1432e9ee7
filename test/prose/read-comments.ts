import ts from "typescript";
import { hideCode, type Passage } from "./passage.ts";

const lineAt = (tree: ts.SourceFile, position: number) =>
  tree.getLineAndCharacterOfPosition(position).line + 1;

/** The comments of a source file, a passage for each paragraph, list item and tag. */
export function readComments(file: string, source: string, tree: ts.SourceFile): Passage[] {
  const ranges = new Map<number, number>();
  const collect = (node: ts.Node) => {
    for (const find of [ts.getLeadingCommentRanges, ts.getTrailingCommentRanges]) {
      const at = find === ts.getLeadingCommentRanges ? node.pos : node.end;
      for (const { pos, end } of find(source, at) ?? []) ranges.set(pos, end);
    }
    // Text between the tags of JSX is no place for a comment.
    if (!ts.isJsxText(node)) ts.forEachChild(node, collect);
  };
  collect(tree);
  return joinLines(
    [...ranges]
      .sort(([one], [other]) => one - other)
      .map(([start, end]) => ({
        first: lineAt(tree, start),
        last: lineAt(tree, end),
        text: source.slice(start, end),
      })),
  ).flatMap(({ first, text }) => paragraphs(file, first, text));
}

interface Lines {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Comments of one line each that follow one another are one comment. */
function joinLines(comments: readonly Lines[]): Lines[] {
  const joined: Lines[] = [];
  for (const comment of comments) {
    const before = joined.at(-1);
    const follows = before?.text.startsWith("//") && comment.text.startsWith("//");
    if (before && follows && comment.first === before.last + 1) {
      joined[joined.length - 1] = { ...before, last: comment.last, text: `${before.text}\n${comment.text}` };
    } else joined.push(comment);
  }
  return joined;
}

/** An empty line, an item of a list or a tag such as `@param` begins a passage. */
function paragraphs(file: string, first: number, comment: string): Passage[] {
  const passages: { line: number; words: string[] }[] = [];
  let inExample = false;
  let begins = true;
  for (const [index, line] of withoutMarks(comment).entries()) {
    const fence = line.startsWith("```");
    if (fence) inExample = !inExample;
    if (fence || inExample || line.trim() === "") begins = true;
    else if (begins || /^\s*(?:[-*@]|\d+\.)/.test(line)) {
      passages.push({ line: first + index, words: [line.replace(/^\s*[-*]\s+/, "").trim()] });
      begins = false;
    } else passages.at(-1)?.words.push(line.trim());
  }
  return passages
    .filter(({ words }) => !/^(?:biome-ignore|@ts-|#)/.test(words[0] ?? ""))
    .map(({ line, words }) => ({ file, line, kind: "comment", text: hideCode(words.join(" ")) }));
}

const withoutMarks = (comment: string) =>
  comment
    .replace(/^\/\*+|\*+\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\*|\/\/+)?\s?/, "").trimEnd());
