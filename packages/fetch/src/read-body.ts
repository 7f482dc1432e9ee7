import type { BodyEnd } from "./body-watch.ts";
import { readCopy } from "./read-copy.ts";
import type { ResponseHead } from "./response-head.ts";
import { originalPrototypeOf } from "./watched-prototype.ts";

/** Stands for a body of words that `json()` could not parse: what it was, nobody knows any more. */
const NOT_JSON = "not JSON";

const MOST_BLOB_BYTES = 64 * 1024;

const isFailed = ({ status }: ResponseHead): boolean => status >= 400;

function readUnparsed({ headers }: ResponseHead): string | undefined {
  return headers?.("content-type")?.startsWith("text/") ? NOT_JSON : undefined;
}

/** Reading a blob takes nothing from the caller. */
function readValue(value: unknown, head: ResponseHead): unknown {
  if (!isFailed(head) || typeof Blob !== "function" || !(value instanceof Blob)) return value;
  return value.slice(0, MOST_BLOB_BYTES).text();
}

/**
 * The body of a response for the classifier, from what the caller has read, or of a failed response that the caller has
 * not read from a clone.
 *
 * @returns the body, or a promise of it.
 */
export function readBody(
  response: Record<PropertyKey, unknown>,
  head: ResponseHead,
  end: Exclude<BodyEnd, { kind: "broken" }>,
): unknown {
  if (end.kind === "read") return readValue(end.value, head);
  if (end.kind === "unparsed") return readUnparsed(head);
  if (!isFailed(head) || end.isTaken) return undefined;
  return readCopy(response, originalPrototypeOf(response).clone);
}
