import type { HeaderReader } from "@intercom-telemetry/core";
import { isObject, readHeader } from "@intercom-telemetry/core/record";

/** More pairs than this are not looked through. */
const MOST_HEADERS = 200;

function findPair(pairs: readonly unknown[], lowerCaseName: string): string | undefined {
  const found = pairs
    .slice(0, MOST_HEADERS)
    .find((pair) => Array.isArray(pair) && String(pair[0]).toLowerCase() === lowerCaseName);
  return Array.isArray(found) ? String(found[1]) : undefined;
}

/** A reader over headers in any form that fetch takes, and over what mocks of responses have. */
export function headerReader(headers: unknown): HeaderReader {
  if (!isObject(headers)) return () => undefined;
  const { get } = headers;
  return (lowerCaseName) => {
    try {
      if (Array.isArray(headers)) return findPair(headers, lowerCaseName);
      if (headers instanceof Map) return findPair([...headers], lowerCaseName);
      const value: unknown =
        typeof get === "function" ? Reflect.apply(get, headers, [lowerCaseName]) : undefined;
      // `Headers` returns `null` for a name that it does not have: its properties are methods, not headers.
      if (value === null) return undefined;
      return typeof value === "string" ? value : readHeader(headers, lowerCaseName);
    } catch {
      return undefined;
    }
  };
}
