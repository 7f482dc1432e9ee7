/** An object of JSON, or anything that can be read like one. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is an object with named fields: no array, no `null`. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @returns what the string is as JSON, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns the object that the string is, or `undefined` when it is not JSON or not an object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const json = text.trimStart();
  if (json.charCodeAt(0) !== 123) return undefined;
  const value = parseJson(json);
  return isJsonObject(value) ? value : undefined;
}
