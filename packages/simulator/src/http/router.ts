import { ALL_OPERATIONS, type DocumentedOperation } from "@intercom-telemetry/core/facts";

/** A path that some operation serves. */
export interface RouteMatch {
  readonly endpoint: DocumentedOperation;
  /** Decoded values by the names in the template. */
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: Node;
  endpoint?: DocumentedOperation;
  names?: readonly string[];
}

const createNode = (): Node => ({ literals: new Map() });

const PARAMETER = /^\{(.+)\}$/;

function add(root: Node, endpoint: DocumentedOperation): void {
  let node = root;
  const names: string[] = [];
  for (const segment of endpoint.template.split("/").slice(1)) {
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
  node.endpoint = endpoint;
  node.names = names;
}

const rootByMethod = new Map<string, Node>();
for (const endpoint of ALL_OPERATIONS) {
  const root = rootByMethod.get(endpoint.method) ?? createNode();
  rootByMethod.set(endpoint.method, root);
  add(root, endpoint);
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
export function findRoute(method: string, path: string): RouteMatch | undefined {
  const root = rootByMethod.get(method);
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
  const { endpoint, names } = node;
  if (!endpoint || !names) return undefined;
  return { endpoint, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])) };
}
