import type { ApiRequest } from "./api-request.ts";
import { Refusal } from "./refusal.ts";
import { asNumber } from "./scalars.ts";

/** Intercom's largest page. */
const MOST_PER_PAGE = 150;
const CURSOR = /^after:(\d{1,9})$/;

function positive(value: unknown, name: string, fallback: number, most: number): number {
  if (value === undefined || value === null) return fallback;
  const count = asNumber(value);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new Refusal(400, "parameter_invalid", `${name} must be a whole number from 1 to ${most}`);
}

function offsetOf(cursor: unknown): number {
  if (cursor === undefined || cursor === null) return 0;
  const text = typeof cursor === "string" ? Buffer.from(cursor, "base64url").toString("utf8") : "";
  const offset = CURSOR.exec(text)?.[1];
  if (offset === undefined) throw new Refusal(400, "client_error", "The paging cursor is not usable");
  return Number(offset);
}

/** One page of records with the `pages` object that goes with it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly pages: Readonly<Record<string, unknown>>;
  readonly total_count: number;
}

/** A page after a cursor; the next cursor is absent on the last page. */
export function pageByCursor<T>(all: readonly T[], perPage: unknown, cursor: unknown): Page<T> {
  const per_page = positive(perPage, "per_page", 50, MOST_PER_PAGE);
  const offset = offsetOf(cursor);
  const end = offset + per_page;
  const page = Math.floor(offset / per_page) + 1;
  const starting_after = Buffer.from(`after:${end}`).toString("base64url");
  const next = end < all.length ? { next: { page: page + 1, starting_after } } : {};
  return {
    items: all.slice(offset, end),
    pages: { type: "pages", page, per_page, total_pages: Math.ceil(all.length / per_page), ...next },
    total_count: all.length,
  };
}

/** A page by its number; `next` is the address of the next one, or `null`. */
export function pageByNumber<T>(all: readonly T[], request: ApiRequest, type = "pages"): Page<T> {
  const { query, body, origin, operation } = request;
  const page = positive(query.get("page") ?? body.page, "page", 1, 1e6);
  const per_page = positive(query.get("per_page") ?? body.per_page, "per_page", 50, MOST_PER_PAGE);
  const total_pages = Math.ceil(all.length / per_page);
  const address = `${origin}${operation.template}?per_page=${per_page}&page=${page + 1}`;
  return {
    items: all.slice((page - 1) * per_page, page * per_page),
    pages: { type, page, per_page, total_pages, next: page < total_pages ? address : null },
    total_count: all.length,
  };
}
