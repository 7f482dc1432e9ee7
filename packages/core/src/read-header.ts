import { isObject } from "./is-object.ts";

/** Reads one header by its lower-case name; `undefined` when it is absent. Never throws. */
export type HeaderReader = (lowerCaseName: string) => string | undefined;

/** More own keys than this are not looked through. */
const MOST_HEADERS = 200;

function toText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  // A repeated header: joined as HTTP allows, which is neither an integer nor a request id.
  return Array.isArray(value) ? value.slice(0, MOST_HEADERS).join(", ") : undefined;
}

function findInAnyCase(headers: Record<PropertyKey, unknown>, lowerCaseName: string): unknown {
  let seen = 0;
  for (const name in headers) {
    if (name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) return headers[name];
    seen += 1;
    if (seen === MOST_HEADERS) return undefined;
  }
  return undefined;
}

/**
 * Reads one header of an AxiosHeaders, a plain object, or a fetch `Headers`, whatever the case of its name.
 *
 * @param likelyName how the name is most probably written, looked at before all names are looked through.
 */
export function readHeader(
  headers: unknown,
  lowerCaseName: string,
  likelyName: string = lowerCaseName,
): string | undefined {
  if (!isObject(headers)) return undefined;
  const direct = toText(headers[likelyName]);
  if (direct !== undefined) return direct;
  const found = toText(findInAnyCase(headers, lowerCaseName));
  if (found !== undefined || typeof headers.get !== "function") return found;
  return toText(headers.get(lowerCaseName));
}

const NO_HEADERS: HeaderReader = () => undefined;

/** A reader over the headers of one response. */
export function headerReader(headers: unknown): HeaderReader {
  if (!isObject(headers)) return NO_HEADERS;
  return (lowerCaseName) => {
    // Nearly always: names in lower case, one value each.
    const value = headers[lowerCaseName];
    return typeof value === "string" ? value : readHeader(headers, lowerCaseName);
  };
}
