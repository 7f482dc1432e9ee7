import { KNOWN_METHODS, OTHER_METHOD, UNMATCHED_TEMPLATE } from "../contract/index.ts";
import type { DocumentedOperation } from "../facts/index.ts";
import { matchOperation } from "./operation-matcher.ts";
import type { RequestTarget } from "./request-target.ts";

/** What is known of a request before it leaves. */
export interface Operation {
  /** From the closed set of methods. */
  readonly method: string;
  /** Path template, or `unmatched`. */
  readonly template: string;
  /** The table's entry, when the path is in it. */
  readonly documented?: DocumentedOperation;
}

const knownMethods: ReadonlyMap<string, string> = new Map(
  KNOWN_METHODS.flatMap((method) => [
    [method, method],
    [method.toLowerCase(), method],
  ]),
);

const unmatched: ReadonlyMap<string, Operation> = new Map(
  [...KNOWN_METHODS, OTHER_METHOD].map((method) => [method, { method, template: UNMATCHED_TEMPLATE }]),
);

/** One description for each method and table entry, so that recorders can key their own tables on its identity. */
const matched = new Map<DocumentedOperation, Map<string, Operation>>();

function remember(method: string, documented: DocumentedOperation): Operation {
  const description = { method, template: documented.template, documented };
  const byMethod = matched.get(documented) ?? new Map<string, Operation>();
  byMethod.set(method, description);
  matched.set(documented, byMethod);
  return description;
}

/** The method as label and attribute; `_OTHER` for what HTTP does not define. */
export function normalizeMethod(method: string): string {
  return knownMethods.get(method) ?? knownMethods.get(method.toUpperCase()) ?? OTHER_METHOD;
}

/** Describes a request; the same object for every request to the same operation. */
export function findOperation(rawMethod: string, target: RequestTarget): Operation {
  const method = normalizeMethod(rawMethod);
  const documented = matchOperation(method, target.path);
  if (documented) return matched.get(documented)?.get(method) ?? remember(method, documented);
  return unmatched.get(method) ?? { method: OTHER_METHOD, template: UNMATCHED_TEMPLATE };
}
