import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/** A regular expression in a source file. */
export interface Found {
  /** `packages/core/src/a.ts:12`. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function split(literal: string): Pick<Found, "source" | "flags"> {
  const end = literal.lastIndexOf("/");
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

function literalsIn(file: string, root: string): readonly Found[] {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${relative(root, file)}:${line + 1}`, ...split(node.text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Every literal of a regular expression in `packages/*\/src`. */
export function findRegularExpressions(root: string): readonly Found[] {
  const packages = readdirSync(join(root, "packages"));
  return packages.flatMap((name) =>
    sourcesBelow(join(root, "packages", name, "src")).flatMap((file) => literalsIn(file, root)),
  );
}

/** One of each kind of character that an expression may tell apart. */
const KINDS = ["a", "A", "0", " ", "\n", "-", "_", ".", "/", ":", "=", "é", "\u200b"];

/** What the expression itself is written with: runs of plain characters, and each of them alone. */
function literalsOf(source: string): readonly string[] {
  const plain = source
    .replace(/\\[bBdDsSwW]|\\p\{\w+\}|\(\?(<?[=!]|<\w+>|:)|\{\d+(,\d*)?\}/g, "()")
    .replace(/\\n/g, "\n")
    .replace(/\\r/g, "\r")
    .replace(/\\t/g, "\t")
    .replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\x([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  const runs = plain.match(/(?:\\.|[^\\()[\]{}|*+?.^$])+/g) ?? [];
  const words = runs.map((run) => run.replace(/\\(.)/g, "$1"));
  return [...new Set(words.flatMap((word) => [word, ...word.slice(0, 30)]))];
}

/** Of the characters that an expression treats the same, one is enough. */
function kindsFor(expression: RegExp): readonly string[] {
  const atoms = expression.source.match(/\\p\{\w+\}|\\[dDsSwW]|\[(?:\\.|[^\]\\])*\]/g) ?? [];
  const classes = atoms.map((atom) => new RegExp(atom, expression.flags.replace(/[gy]/g, "")));
  const seen = new Map<string, string>();
  for (const kind of KINDS) {
    const behavior = classes.map((each) => Number(each.test(kind))).join("");
    if (!seen.has(behavior)) seen.set(behavior, kind);
  }
  return [...seen.values()];
}

/** A string of any length that may keep an expression busy. */
export interface Attack {
  readonly start: string;
  readonly pump: string;
  readonly end: string;
}

/** Starts, repeated middles and ends, put together from what the expression tells apart. */
export function* attacksOn(expression: RegExp): Generator<Attack> {
  const tokens = [...new Set([...literalsOf(expression.source), ...kindsFor(expression)])];
  const pairs = tokens.flatMap((left) => tokens.map((right) => left + right));
  const pumps = [...new Set([...tokens, ...(tokens.length <= 16 ? pairs : [])])];
  for (const start of ["", ...tokens.slice(0, 12)]) {
    for (const pump of pumps) {
      for (const end of ["", "\u0000"]) yield { start, pump, end };
    }
  }
}

export const build = ({ start, pump, end }: Attack, length: number): string =>
  start + pump.repeat(Math.ceil(length / pump.length)) + end;

/** Finds every match, as `replace` does, and leaves nothing for the garbage collector. */
function matchAll(expression: RegExp, text: string): void {
  let before = -1;
  expression.lastIndex = 0;
  while (expression.test(text) && expression.global) {
    // An empty match does not move on by itself.
    if (expression.lastIndex === before) expression.lastIndex += 1;
    before = expression.lastIndex;
  }
}

/** Time to find every match of the expression, in milliseconds. */
function time(expression: RegExp, text: string): number {
  const before = performance.now();
  matchAll(expression, text);
  return performance.now() - before;
}

/** The least of some measurements: what else the machine does only adds. */
export function leastTime(expression: RegExp, text: string, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => time(expression, text)));
}
