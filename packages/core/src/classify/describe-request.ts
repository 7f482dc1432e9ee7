import { KNOWN_METHODS, OTHER_METHOD, UNMATCHED_ENDPOINT } from "../contract/index.ts";
import type { Endpoint } from "../facts/index.ts";
import { matchEndpoint } from "./endpoint-matcher.ts";
import type { RequestTarget } from "./request-target.ts";

/** What is known of a request before it leaves. */
export interface RequestDescription {
  /** From the closed set of methods. */
  readonly method: string;
  /** Path template, or `unmatched`. */
  readonly template: string;
  /** The table's entry, when the path is in it. */
  readonly endpoint?: Endpoint;
}

const knownMethods: ReadonlyMap<string, string> = new Map(
  KNOWN_METHODS.flatMap((method) => [
    [method, method],
    [method.toLowerCase(), method],
  ]),
);

const unmatched: ReadonlyMap<string, RequestDescription> = new Map(
  [...KNOWN_METHODS, OTHER_METHOD].map((method) => [method, { method, template: UNMATCHED_ENDPOINT }]),
);

/** One description for each method and table entry, so that recorders can key their own tables on its identity. */
const matched = new Map<Endpoint, Map<string, RequestDescription>>();

function remember(method: string, endpoint: Endpoint): RequestDescription {
  const description = { method, template: endpoint.template, endpoint };
  const byMethod = matched.get(endpoint) ?? new Map<string, RequestDescription>();
  byMethod.set(method, description);
  matched.set(endpoint, byMethod);
  return description;
}

/** The method as label and attribute; `_OTHER` for what HTTP does not define. */
export function normalizeMethod(method: string): string {
  return knownMethods.get(method) ?? knownMethods.get(method.toUpperCase()) ?? OTHER_METHOD;
}

/** Describes a request; the same object for every request to the same operation. */
export function describeRequest(rawMethod: string, target: RequestTarget): RequestDescription {
  const method = normalizeMethod(rawMethod);
  const endpoint = matchEndpoint(method, target.path);
  if (endpoint) return matched.get(endpoint)?.get(method) ?? remember(method, endpoint);
  return unmatched.get(method) ?? { method: OTHER_METHOD, template: UNMATCHED_ENDPOINT };
}
