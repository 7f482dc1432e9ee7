import { ALL_OPERATIONS, type DocumentedOperation } from "@intercom-telemetry/core/facts";

/**
 * Core has its own matcher for the same table. This one shares no code with it, on purpose: the ledger has to be
 * able to contradict the URL template that a client records.
 */

/** A path that some operation serves. */
export interface OperationMatch {
  readonly operation: DocumentedOperation;
  /** Decoded values by the names in the template. */
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: Node;
  operation?: DocumentedOperation;
  names?: readonly string[];
}

const createNode = (): Node => ({ literals: new Map() });

const PARAMETER = /^\{(.+)\}$/;

function add(root: Node, operation: DocumentedOperation): void {
  let node = root;
  const names: string[] = [];
  for (const segment of operation.template.split("/").slice(1)) {
    const name = PARAMETER.exec(segment)?.[1];
    if (name !== undefined) {
      names.push(name);
      node.parameter ??= createNode();
      node = node.parameter;
      continue;
    }
    const next = node.literals.get(segment) ?? createNode();
    node.literals.set(segment, next);
    node = next;
  }
  node.operation = operation;
  node.names = names;
}

const rootByMethod = new Map<string, Node>();
for (const operation of ALL_OPERATIONS) {
  const root = rootByMethod.get(operation.method) ?? createNode();
  rootByMethod.set(operation.method, root);
  add(root, operation);
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Finds the operation that serves a path: a literal segment wins over a parameter, one trailing slash is ignored.
 *
 * @param path without query.
 */
export function findOperation(method: string, path: string): OperationMatch | undefined {
  // HEAD is GET without the body.
  const root = rootByMethod.get(method === "HEAD" ? "GET" : method);
  if (!root || !path.startsWith("/")) return undefined;
  let node = root;
  const values: string[] = [];
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(1, -1) : path.slice(1);
  for (const segment of trimmed.split("/")) {
    const literal: Node | undefined = node.literals.get(segment);
    const next = literal ?? (segment === "" ? undefined : node.parameter);
    if (!next) return undefined;
    if (!literal) values.push(decode(segment));
    node = next;
  }
  const { operation, names } = node;
  if (!operation || !names) return undefined;
  return { operation, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])) };
}
