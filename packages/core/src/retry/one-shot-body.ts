import { isObject } from "../is-object.ts";

const hasMethod = (value: Record<PropertyKey, unknown>, name: PropertyKey): boolean =>
  typeof value[name] === "function";

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** Strings and blobs can be read again. What another library passes off as a file may be a stream. */
function isOneShotPart(part: unknown): boolean {
  return isObject(part) && !(typeof Blob === "function" && part instanceof Blob);
}

/** Fields beyond this are not looked at: such a form is taken to hold a stream. */
const MOST_FIELDS = 1000;

function holdsStream(form: Record<PropertyKey, unknown>): boolean {
  if (!hasMethod(form, Symbol.iterator)) return true;
  let seen = 0;
  for (const entry of form as unknown as Iterable<unknown>) {
    seen += 1;
    if (seen > MOST_FIELDS || !Array.isArray(entry) || isOneShotPart(entry[1])) return true;
  }
  return false;
}

/**
 * Whether a request body is used up once it was sent. Such are a stream of Node's or of the web, what the `form-data` package
 * builds, an iterator or async iterable, a `FormData` that holds something other than strings and blobs. A second
 * attempt would send less, or nothing, and be told 200 for it.
 */
export function isOneShotBody(body: unknown): boolean {
  if (!isObject(body) || ArrayBuffer.isView(body)) return false;
  if (["pipe", "getReader", "next"].some((name) => hasMethod(body, name))) return true;
  const tag = tagOf(body);
  if (tag === "Blob" || tag === "File") return isOneShotPart(body);
  return tag === "FormData" ? holdsStream(body) : hasMethod(body, Symbol.asyncIterator);
}
