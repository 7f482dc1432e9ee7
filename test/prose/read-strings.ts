import ts from "typescript";
import { CODE, hideCode, type Passage } from "./passage.ts";

const TEST_FUNCTIONS = new Set(["describe", "test", "it"]);

/** The strings that are sentences: help, messages, descriptions. */
export function readMessages(file: string, tree: ts.SourceFile): Passage[] {
  const passages: Passage[] = [];
  const read = (node: ts.Node) => {
    const text = textOf(node);
    if (text !== undefined && isSentence(text)) passages.push(passageOf(file, tree, node, "message", text));
    ts.forEachChild(node, read);
  };
  read(tree);
  return passages;
}

/** What `describe` and `test` are called with. */
export function readTestNames(file: string, tree: ts.SourceFile): Passage[] {
  const passages: Passage[] = [];
  const read = (node: ts.Node) => {
    if (ts.isCallExpression(node) && TEST_FUNCTIONS.has(rootName(node.expression))) {
      const name = node.arguments[0];
      const text = name && textOf(name);
      if (name && text !== undefined) passages.push(passageOf(file, tree, name, "test name", text));
    }
    ts.forEachChild(node, read);
  };
  read(tree);
  return passages;
}

const passageOf = (
  file: string,
  tree: ts.SourceFile,
  node: ts.Node,
  kind: Passage["kind"],
  text: string,
): Passage => ({
  file,
  line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1,
  kind,
  text: hideCode(text.replace(/\s+/g, " ").trim()),
});

/** `test` of `test.each(table)(name)`. */
function rootName(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootName(node.expression);
  return ts.isTaggedTemplateExpression(node) ? rootName(node.tag) : "";
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node))
    return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => CODE + literal.text).join("");
}

/** Three words in a row, and no query: a message, not a name or a path. */
const isSentence = (text: string) =>
  /(?:^|\s)['"(]?[A-Za-z][a-z'-]*(?: [a-z][a-z'-]*){2}/.test(text) &&
  !/[{}]\s*(?:by|\[)|=~|\bsum\b.*\(/.test(text);
