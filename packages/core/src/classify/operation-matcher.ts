import type { DocumentedOperation } from "../facts/index.ts";
import { ALL_OPERATIONS } from "../facts/index.ts";

/** One depth of the path tree of one method. */
interface PathNode {
  readonly literals: Map<string, PathNode>;
  /** Longer segments, such as most ids, need not be looked up. */
  longestLiteral: number;
  parameter?: PathNode;
  documented?: DocumentedOperation;
}

/** An external id can carry a slash and make a path long; nothing in the table is deeper than this. */
const LONGEST_PATH_CHARACTERS = 2048;

const newNode = (): PathNode => ({ literals: new Map(), longestLiteral: 0 });

function insert(root: PathNode, documented: DocumentedOperation): void {
  let node = root;
  for (const segment of documented.template.slice(1).split("/")) {
    if (segment.startsWith("{")) {
      node.parameter ??= newNode();
      node = node.parameter;
      continue;
    }
    const next = node.literals.get(segment) ?? newNode();
    node.literals.set(segment, next);
    node.longestLiteral = Math.max(node.longestLiteral, segment.length);
    node = next;
  }
  node.documented = documented;
}

function buildTrees(operations: readonly DocumentedOperation[]): ReadonlyMap<string, PathNode> {
  const trees = new Map<string, PathNode>();
  for (const documented of operations) {
    const root = trees.get(documented.method) ?? newNode();
    trees.set(documented.method, root);
    insert(root, documented);
  }
  return trees;
}

const trees = buildTrees(ALL_OPERATIONS);

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function step(node: PathNode, segment: string): PathNode | undefined {
  const literal = node.literals.get(segment);
  if (literal) return literal;
  if (segment.includes("%")) {
    const decoded = node.literals.get(decodeSegment(segment));
    if (decoded) return decoded;
  }
  return segment === "" ? undefined : node.parameter;
}

/**
 * Finds the operation that a path belongs to. Literals win over parameters without backtracking; no real id
 * equals a literal segment.
 *
 * @param method upper case; HEAD finds the operations of GET.
 * @param path absolute path without query, still percent-encoded; one trailing slash is allowed.
 * @returns the table's own entry, or `undefined`. The work is bounded by the depth of the table.
 */
export function matchOperation(method: string, path: string): DocumentedOperation | undefined {
  let node = trees.get(method === "HEAD" ? "GET" : method);
  if (!node || path.length > LONGEST_PATH_CHARACTERS || path.charCodeAt(0) !== 47) return undefined;
  const end = path.length > 1 && path.endsWith("/") ? path.length - 1 : path.length;
  let start = 1;
  const isEncoded = path.includes("%");
  while (start <= end && node) {
    const slash = path.indexOf("/", start);
    const stop = slash === -1 || slash > end ? end : slash;
    const isLiteral: boolean = isEncoded || stop - start <= node.longestLiteral;
    node = isLiteral ? step(node, path.slice(start, stop)) : node.parameter;
    start = stop + 1;
  }
  return node?.documented;
}

/** Every literal segment of the table: what may stay readable in a path that matches nothing. */
export const LITERAL_SEGMENTS: ReadonlySet<string> = new Set(
  ALL_OPERATIONS.flatMap((documented) => documented.template.split("/")).filter(
    (segment) => segment !== "" && !segment.startsWith("{"),
  ),
);
