import { KNOWN_METHODS, OTHER_METHOD, UNMATCHED_TEMPLATE } from "../contract/index.ts";
import type { DocumentedOperation } from "../facts/index.ts";
import { matchOperation } from "./operation-matcher.ts";
import type { RequestTarget } from "./request-target.ts";

/** What a request asks for: method and URL template. */
export interface Operation {
  /** From the closed set of methods. */
  readonly method: string;
  /** URL template, or `unmatched`. */
  readonly template: string;
  /** The table's entry, when the path is in it. */
  readonly documented?: DocumentedOperation | undefined;
}

const knownMethods: ReadonlyMap<string, string> = new Map(
  KNOWN_METHODS.flatMap((method) => [
    [method, method],
    [method.toLowerCase(), method],
  ]),
);

/** Stands for an operation that is not known: somebody holds a response, and not the request. */
export const UNKNOWN_OPERATION: Operation = { method: OTHER_METHOD, template: UNMATCHED_TEMPLATE };

const unmatched: ReadonlyMap<string, Operation> = new Map(
  KNOWN_METHODS.map((method) => [method, { method, template: UNMATCHED_TEMPLATE }]),
);

/** One object for each method and table entry, so that recorders can key their own tables on its identity. */
const matched = new Map<DocumentedOperation, Operation>();
const matchedHeads = new Map<DocumentedOperation, Operation>();

function operationOf(method: string, documented: DocumentedOperation): Operation {
  const known = method === documented.method ? matched : matchedHeads;
  const found = known.get(documented);
  if (found) return found;
  const operation = { method, template: documented.template, documented };
  known.set(documented, operation);
  return operation;
}

/** The method as label and attribute; `_OTHER` for what HTTP does not define. */
export function normalizeMethod(method: string): string {
  return knownMethods.get(method) ?? knownMethods.get(method.toUpperCase()) ?? OTHER_METHOD;
}

/** The operation that a request asks for: the same object for every request to it. */
export function findOperation(rawMethod: string, target: RequestTarget): Operation {
  const method = normalizeMethod(rawMethod);
  const documented = matchOperation(method, target.path);
  if (documented) return operationOf(method, documented);
  return unmatched.get(method) ?? UNKNOWN_OPERATION;
}
