import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";
import { MADE_UP, singular } from "./sample-rules.ts";

const isMadeUp = (value: unknown): boolean => typeof value === "string" && value.startsWith(MADE_UP);

/** Whether both are of one kind, as far as they say. */
function isSameKind(first: JsonObject, second: JsonObject): boolean {
  const kinds = [first.type, second.type].filter((type) => type !== undefined && !isMadeUp(type));
  return new Set(kinds).size < 2;
}

/** The first sample, with what only the second has. A word of the type wins over one that was made up. */
export function mergeSamples(first: unknown, second: unknown): unknown {
  if (first === undefined || first === null || isMadeUp(first)) return second ?? first;
  if (Array.isArray(first) && Array.isArray(second)) {
    const items = [mergeSamples(first[0], second[0])];
    return items.filter((item) => item !== undefined);
  }
  if (!isJsonObject(first) || !isJsonObject(second) || !isSameKind(first, second)) return first;
  const merged: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) merged[key] = mergeSamples(first[key], value);
  return merged;
}

/** In Intercom's words: `tag`, `tag.list` for what holds `tags`, `list` for what holds `data`. */
function typeName(fields: JsonObject, place: string): string {
  if (Array.isArray(fields.data)) return "list";
  return Array.isArray(fields[place]) ? `${singular(place)}.list` : singular(place);
}

/** Gives objects whose type may be any string the name of where they stand. */
export function nameTypes(sample: unknown, place: string): unknown {
  if (Array.isArray(sample)) return sample.map((item) => nameTypes(item, singular(place)));
  if (!isJsonObject(sample)) return sample;
  const named = Object.entries(sample).map(([key, value]) => {
    if (key === "type" && isMadeUp(value)) return [key, typeName(sample, place)];
    return [key, nameTypes(value, key === "data" ? place : key)];
  });
  return Object.fromEntries(named);
}

/** Stands for the name of the array that the items of a page came from. */
export const ITEMS = "items of a page";

/** A page of which only the items are known, with the fields of a page that is known whole. */
export function placeItems(sample: unknown, container: unknown): unknown {
  if (!isJsonObject(sample) || !(ITEMS in sample)) return sample;
  if (!isJsonObject(container)) return undefined;
  const name = Object.keys(container).find((key) => Array.isArray(container[key]));
  return name === undefined ? undefined : { ...container, [name]: sample[ITEMS] };
}
