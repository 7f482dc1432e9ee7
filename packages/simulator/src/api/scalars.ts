/** The text of a string, number or boolean; empty for anything else, whose own `toString` could be anything. */
export function asText(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}

/** The value of a number or numeric text; NaN for anything else. */
export function asNumber(value: unknown): number {
  const text = asText(value);
  return text === "" ? Number.NaN : Number(text);
}
