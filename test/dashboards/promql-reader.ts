import { parser } from "@prometheus-io/lezer-promql";

/** One vector selector of an expression. */
export interface Selector {
  readonly metric: string;
  readonly matcherLabels: readonly string[];
  /** The functions around it, innermost first. */
  readonly functions: readonly string[];
  readonly rangeText: string | undefined;
}

type Tree = ReturnType<typeof parser.parse>;
type SyntaxNode = Tree["topNode"];

function functionsAround(node: SyntaxNode, source: string): readonly string[] {
  const names: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    const name = at.name === "FunctionCall" ? at.getChild("FunctionIdentifier") : null;
    if (name) names.push(source.slice(name.from, name.to));
  }
  return names;
}

function children(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((entry) => {
    if (entry.name === name) found.push(entry.node);
  });
  return found;
}

/** All nodes of a kind, as text. */
export function textsOf(source: string, kind: string): readonly string[] {
  return children(parser.parse(source).topNode, kind).map(({ from, to }) => source.slice(from, to));
}

/** Positions at which the grammar could not continue; empty when the expression is sound. */
export function syntaxErrors(source: string): readonly number[] {
  const errors: number[] = [];
  parser
    .parse(source)
    .cursor()
    .iterate((entry) => {
      if (entry.type.isError) errors.push(entry.from);
    });
  return errors;
}

/** The selectors of an expression. */
export function selectorsOf(source: string): readonly Selector[] {
  return children(parser.parse(source).topNode, "VectorSelector").map((node) => {
    const name = node.getChild("Identifier");
    const matrix = node.parent?.name === "MatrixSelector" ? node.parent : null;
    return {
      metric: name ? source.slice(name.from, name.to) : "",
      matcherLabels: children(node, "LabelName").map(({ from, to }) => source.slice(from, to)),
      functions: functionsAround(node, source),
      rangeText: matrix ? source.slice(node.to + 1, matrix.to - 1) : undefined,
    };
  });
}
