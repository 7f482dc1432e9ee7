import type { RecordStore } from "../state/record-store.ts";
import type { ApiRequest } from "./api-request.ts";
import { type Page, pageByCursor } from "./paging.ts";
import { Refusal } from "./refusal.ts";
import { compileQuery, type FieldReader } from "./search-query.ts";

interface Stamped {
  readonly id: string;
  readonly created_at: number;
  readonly updated_at: number;
}

type Part = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Part =>
  typeof value === "object" && value !== null ? (value as Part) : {};

function sortOrder(sort: unknown): 1 | -1 {
  const { order = "descending" } = asObject(sort);
  if (order === "ascending" || order === "asc") return 1;
  if (order === "descending" || order === "desc") return -1;
  throw new Refusal(400, "invalid_sort_order", "The sort order must be ascending or descending");
}

/** Searches what the index knows by now: by age of creation, newest first unless asked otherwise. */
export function searchRecords<T extends Stamped>(
  store: RecordStore<T>,
  { body, nowSeconds }: ApiRequest,
  read: FieldReader<T>,
): Page<T> {
  const matches = compileQuery(body.query, read);
  const order = sortOrder(body.sort);
  const found = store.searchable(nowSeconds).filter(matches);
  found.sort((a, b) => order * (a.created_at - b.created_at));
  const { per_page, starting_after } = asObject(body.pagination);
  return pageByCursor(found, per_page, starting_after);
}

/**
 * A reader for records whose own properties are searchable under their names, further ones in `extra`, custom
 * attributes as `custom_attributes.<name>`.
 */
export function fieldReader<T>(
  own: readonly (keyof T & string)[],
  extra: (record: T) => Readonly<Record<string, unknown>>,
  extraNames: readonly string[],
): FieldReader<T> {
  return (field) => {
    const key = own.find((name) => name === field);
    if (key !== undefined) return (record) => record[key];
    if (extraNames.includes(field)) return (record) => extra(record)[field];
    const custom = /^custom_attributes\.(.+)$/.exec(field)?.[1];
    if (custom === undefined) throw new Refusal(400, "invalid_field", `${field} cannot be searched`);
    return (record) => asObject(extra(record).custom_attributes)[custom];
  };
}
