import ts from "typescript";
import type { Passage } from "./passage.ts";

/** What the code declares, each name as the words that it is made of: `answerWith` reads "answer with". */
export function readNames(file: string, tree: ts.SourceFile): Passage[] {
  const passages: Passage[] = [];
  const read = (node: ts.Node) => {
    const { name } = node as Partial<ts.NamedDeclaration>;
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) && !namesWhatIsElsewhere(node))
      passages.push({
        file,
        line: tree.getLineAndCharacterOfPosition(name.getStart(tree)).line + 1,
        kind: "name",
        text: wordsOf(name.text),
      });
    ts.forEachChild(node, read);
  };
  read(tree);
  return passages;
}

/** `value.name` uses a name; a property may be spelled as another program reads it. */
const namesWhatIsElsewhere = (node: ts.Node) =>
  ts.isPropertyAccessExpression(node) || ts.isPropertyAssignment(node) || ts.isPropertySignature(node);

const wordsOf = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_#$]/g, " ")
    .trim()
    .toLowerCase();
