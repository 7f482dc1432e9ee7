import ts from "typescript";
import type { Mutant, Position } from "./run-stryker.ts";

/**
 * Where a mutant is, in words that outlast most edits: the function around it, the kind of change, and its
 * position among those of that kind. Names inside the function may change, and all that lies around it.
 */
export interface Place {
  readonly file: string;
  readonly within: string;
  readonly mutator: string;
  /** From 1. */
  readonly ordinal: number;
}

/** Stands for the code that belongs to no function. */
const MODULE = "module";

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isAccessor(node) ||
    (ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent));
  return isNamed ? node.name?.getText() : undefined;
}

function functionAround(source: ts.SourceFile, { line, column }: Position): string {
  const position = source.getPositionOfLineAndCharacter(line - 1, column - 1);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.getStart() || position >= node.getEnd()) return;
    const name = nameOf(node);
    if (name !== undefined) names.push(name);
    node.forEachChild(visit);
  };
  source.forEachChild(visit);
  return names.join(".") || MODULE;
}

const inOrder = (a: Mutant, b: Mutant): number =>
  a.start.line - b.start.line ||
  a.start.column - b.start.column ||
  a.end.line - b.end.line ||
  a.end.column - b.end.column ||
  a.replacement.localeCompare(b.replacement);

/** The place of each of these mutants, which have to be all of the file's. */
export function placeMutants(file: string, content: string, mutants: readonly Mutant[]) {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  const seen = new Map<string, number>();
  return [...mutants].sort(inOrder).map((mutant) => {
    const within = functionAround(source, mutant.start);
    const kind = `${within} ${mutant.mutator}`;
    const ordinal = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, ordinal);
    return { mutant, place: { file, within, mutator: mutant.mutator, ordinal } satisfies Place };
  });
}
