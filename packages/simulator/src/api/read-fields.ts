import { Refusal } from "./refusal.ts";

/** JSON types of the fields that a body may have. */
export type FieldTypes = Readonly<Record<string, "string" | "number" | "boolean" | "object">>;

/**
 * The known fields of a body; unknown ones are ignored, `null` clears a field.
 *
 * @throws Refusal 422 for a field of the wrong type.
 */
export function readFields(
  body: Readonly<Record<string, unknown>>,
  types: FieldTypes,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(types)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined) continue;
    if (value !== null && (typeof value !== type || Array.isArray(value))) {
      throw new Refusal(422, "parameter_invalid", `${name} must be of type ${type}`);
    }
    fields[name] = value;
  }
  return fields;
}

/** A field that must be a string with content. */
export function requiredText(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (value === undefined || value === null || value === "") {
    throw new Refusal(400, "parameter_not_found", `${name} is required`);
  }
  if (typeof value !== "string")
    throw new Refusal(422, "parameter_invalid", `${name} must be of type string`);
  return value;
}
